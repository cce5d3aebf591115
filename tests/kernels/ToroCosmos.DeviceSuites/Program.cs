using System;
using ToroCosmos.KernelTesting;

namespace ToroCosmos.DeviceSuites;

/// <summary>The kernel: runs the tests that its command line chooses.</summary>
internal static class Program
{
    private static int Main(string[] args) =>
        // Words such as virtio_mmio.device=... are the machine's.
        KernelTests.Run(Array.FindAll(args, word => !word.StartsWith("virtio_mmio.", StringComparison.Ordinal)));
}

using ToroCosmos.KernelTesting;

namespace ToroCosmos.KernelSuites;

/// <summary>The kernel: runs the tests that its command line chooses.</summary>
internal static class Program
{
    private static int Main(string[] args) => KernelTests.Run(args);
}

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using ToroCosmos.Devices.Tests;
using ToroCosmos.Vhost.Tests.Vhost;
using Xunit;

namespace ToroCosmos.Vhost.Tests;

/// <summary>A boot of the devices sample with a device that is played here, and one of QEMU's beside it.</summary>
/// <param name="words">The parts of the sample that run.</param>
/// <param name="device">The played device: QEMU's name and properties, without the chardev.</param>
/// <param name="beside">QEMU's own device.</param>
internal sealed class VhostRun(string words, string device, string beside)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>What QEMU's own device is connected to.</summary>
    public IReadOnlyList<DeviceBackend> Backends { get; init; } = [];

    /// <summary>Boots the machine; its device waits at the socket already.</summary>
    public Task<RunResult> StartAsync(string socket)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "QEMU hands over the machine's memory on Linux only.");
        MachineSpec machine = new()
        {
            Image = Artifacts.Sample,
            Cores = 2,
            MemoryMegabytes = 128,
            Append = words,
            Devices = [$"{device},chardev=played", beside],
            Backends =
            [
                // The other process must have the same memory.
                new DeviceBackend(DeviceBackendKind.Named, "memory-backend-memfd,id=memory,size=128M,share=on"),
                new DeviceBackend(DeviceBackendKind.Machine, "memory-backend=memory"),
                new DeviceBackend(DeviceBackendKind.Character, $"socket,id=played,path={socket}"),
                .. Backends,
            ],
        };
        return new MachineRun(new QemuLauncher()).RunAsync(machine, RunExpectation.AnyOutput, s_limit, CancellationToken.None);
    }

    /// <summary>What a run printed and how it ended, for the message of an assertion.</summary>
    public static string Describe(RunResult run, VhostDevice played) =>
        $"{run.Verdict}: {run.Cause}\n{string.Join('\n', run.Texts)}\n{played.Failure}";
}

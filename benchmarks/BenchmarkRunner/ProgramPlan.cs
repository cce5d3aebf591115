using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BenchmarkRunner.Programs;
using TestRunner.Machines;

namespace BenchmarkRunner;

/// <summary>What is run: here a program is added.</summary>
internal sealed class ProgramPlan
{
    private const int Repetitions = 5;
    private const int DemoCores = 3;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    // Half a minute on a computer that does nothing else.
    private static readonly TimeSpan s_peerLimit = TimeSpan.FromMinutes(10);

    private readonly BenchmarkOptions _options;

    public ProgramPlan(BenchmarkOptions options)
    {
        _options = options;
        Host = new HostProgram(options.Host, options.Filter, s_limit);

        // More cores than this computer has processors: a core sometimes waits for one that does not run.
        int many = Math.Max(DemoCores, Environment.ProcessorCount + 1);
        Guests =
        [
            Guest("pair", 2),
            Guest("all-to-all", 3),
            Guest("all-to-all", 4),
            Guest("all-to-all", 8),
            .. Oversubscribed(many),
            .. Boots(),
        ];
        Peers = options.Peers is { } folder ? [Peer(folder)] : [];
    }

    /// <summary>The host's benchmarks.</summary>
    public IBenchmarkProgram Host { get; }

    /// <summary>The booted kernels.</summary>
    public IReadOnlyList<IBenchmarkProgram> Guests { get; }

    /// <summary>The Linux guest, when it was asked for.</summary>
    public IReadOnlyList<IBenchmarkProgram> Peers { get; }

    /// <summary>All, in the order of a round: the peers stand beside the kernel that they are compared with.</summary>
    public IReadOnlyList<IBenchmarkProgram> All => [Host, Guests[0], .. Peers, .. Guests.Skip(1)];

    private IEnumerable<IBenchmarkProgram> Oversubscribed(int cores) => _options.Accelerator == AcceleratorChoice.Auto
        ? [Guest("ring", cores, AcceleratorChoice.Tcg), Guest("ring", cores, AcceleratorChoice.TcgSingle)]
        : [Guest("ring", cores)];

    private IEnumerable<IBenchmarkProgram> Boots()
    {
        const string Names = "boot-kernel-first-line boot-kernel-last-pong boot-iso-first-line boot-iso-last-pong boot-smallest-memory";
        if (!Names.Contains(_options.Filter, StringComparison.Ordinal))
        {
            return [];
        }

        MachineSpec byKernel = Machine(_options.DemoKernel, DemoCores, "");
        return
        [
            new BootProgram(byKernel, Repetitions),
            new BootProgram(Machine(_options.DemoIso, DemoCores, ""), Repetitions),
            new MemoryProgram(byKernel),
        ];
    }

    private GuestProgram Guest(string plan, int cores, AcceleratorChoice? accelerator = null)
    {
        string filter = _options.Filter.Length > 0 ? $" filter={_options.Filter}" : "";
        MachineSpec machine = Machine(_options.Kernel, cores, $"plan={plan} repetitions={Repetitions}{filter}");
        return new GuestProgram(plan, machine with { Accelerator = accelerator ?? machine.Accelerator }, s_limit);
    }

    private GuestProgram Peer(string folder)
    {
        const int Megabytes = 512;
        MachineSpec machine = Machine(
            Path.Combine(folder, "vmlinuz"),
            cores: 2,
            $"console=ttyS0 quiet mitigations=off tsc=reliable no_timer_check panic=-1 repetitions={Repetitions}");
        machine = machine with { InitialRamDisk = Path.Combine(folder, "initrd.img"), MemoryMegabytes = Megabytes };
        return new GuestProgram("peers in Linux", machine, s_peerLimit) { Filter = _options.Filter };
    }

    private MachineSpec Machine(string image, int cores, string append) => new()
    {
        Image = BootImage.Open(image),
        Cores = cores,
        Append = append,
        Accelerator = _options.Accelerator,
    };
}

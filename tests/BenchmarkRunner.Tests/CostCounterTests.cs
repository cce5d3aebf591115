using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Costs;
using BenchmarkRunner.Programs;
using TestRunner.Machines;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class CostCounterTests
{
    private readonly List<MachineSpec> _machines = [];

    /// <summary>How many of the first boots of each machine of several cores cost more than they should.</summary>
    private int _disturbed;

    /// <summary>What a disturbed boot, by its number, tells instead of "ticks=".</summary>
    private Func<int, string> _disturbance = _ => "ticks=9";

    private readonly Dictionary<string, string[]> _lines = new()
    {
        ["plan=bus 1"] = ["runtime 10.0.12", "bench send cores=1 bytes=8 ticks=102976.000000"],
        ["plan=start 2"] = ["bench start cores=2 bytes=0 ticks=10240.000000"],
        ["plan=start 3"] = ["bench start cores=3 bytes=0 ticks=13312.000000"],
        ["plan=demo 3"] = ["Core[1] -> Core[0]: pong", "bench boot-main cores=3 bytes=0 ticks=2048.000000"],
    };

    [Fact]
    public async Task Ticks_are_instructions_on_a_counted_machine()
    {
        CostRecord record = await CountAsync();
        Assert.Equal(("QEMU 7", "10.0.12"), (record.Qemu, record.Runtime));
        Assert.Equal(new CountedCost("send", 8, 100.5625), record.Costs[0]);
        Assert.Equal(new CountedCost("boot-main", 0, 2), record.Costs[^1]);
    }

    [Fact]
    public async Task The_start_of_a_core_is_what_three_cores_cost_more_than_two() =>
        Assert.Contains(new CountedCost("start-of-a-core", 0, 3), (await CountAsync()).Costs);

    [Fact]
    public async Task A_boot_of_several_cores_that_was_disturbed_does_not_count()
    {
        _disturbed = 4;

        IReadOnlyList<CountedCost> costs = (await CountAsync()).Costs;

        Assert.Contains(new CountedCost("start-of-a-core", 0, 3), costs);
        Assert.Contains(new CountedCost("boot-main", 0, 2), costs);
    }

    [Fact]
    public async Task Boots_of_several_cores_that_never_agree_are_a_failure()
    {
        _disturbed = int.MaxValue;
        _disturbance = boot => $"ticks={boot}";

        await Assert.ThrowsAsync<BenchmarkException>(CountAsync);
    }

    [Fact]
    public async Task Every_machine_has_a_clock_that_instructions_drive_and_a_named_processor()
    {
        await CountAsync();
        Assert.All(_machines, machine => Assert.Equal((AcceleratorChoice.TcgCounted, "qemu64"), (machine.Accelerator, machine.Cpu)));
    }

    [Theory]
    [InlineData("plan=bus 1", "runtime 10.0.12")]
    [InlineData("plan=bus 1", "bench send cores=1 bytes=8 ticks=1")]
    [InlineData("plan=bus 1", "runtime 10.0.12|bench send cores=1 bytes=8 ns=1")]
    [InlineData("plan=bus 1", "runtime 10.0.12|bench send cores=1")]
    [InlineData("plan=start 3", "")]
    [InlineData("plan=demo 3", "Core[1] -> Core[0]: pong")]
    public async Task A_kernel_that_does_not_tell_all_is_a_failure(string machine, string lines)
    {
        _lines[machine] = lines.Split('|');
        await Assert.ThrowsAsync<BenchmarkException>(CountAsync);
    }

    private Task<CostRecord> CountAsync() =>
        new CostCounter(new BootImage("/k.elf", BootImageKind.Kernel), "QEMU 7", BootAsync).CountAsync(CancellationToken.None);

    private Task<IReadOnlyList<string>> BootAsync(MachineSpec machine, CancellationToken cancellation)
    {
        _machines.Add(machine);
        IEnumerable<string> lines = _lines[$"{machine.Append} {machine.Cores}"];
        int boot = _machines.Count(one => one.Append == machine.Append && one.Cores == machine.Cores);
        bool isDisturbed = machine.Cores > 1 && boot <= _disturbed;
        return Task.FromResult<IReadOnlyList<string>>(
            [.. isDisturbed ? lines.Select(line => line.Replace("ticks=", _disturbance(boot), StringComparison.Ordinal)) : lines]);
    }
}

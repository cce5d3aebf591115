using System;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>The bus of a machine that has not started; the kernel suites have the one that has.</summary>
public sealed class MachineBusTests
{
    private const string NotStarted = "MachineBus.Start was not called.";

    private readonly byte[] _buffer = new byte[8];

    [Fact]
    public void Every_use_before_the_start_says_that_it_was_not_started()
    {
        Assert.Equal(NotStarted, Assert.Throws<InvalidOperationException>(() => MachineBus.Bus).Message);
        Assert.Equal(NotStarted, Assert.Throws<InvalidOperationException>(() => MachineBus.Current).Message);
        Assert.Equal(NotStarted, Assert.Throws<InvalidOperationException>(() => MachineBus.SendTo(1, _buffer)).Message);
        Assert.Equal(NotStarted, Assert.Throws<InvalidOperationException>(() => MachineBus.RecvFrom(1, _buffer)).Message);
    }

    [Fact]
    public void A_machine_whose_cores_were_not_started_has_no_bus_to_start() =>
        Assert.Contains("Cores.Start", Assert.Throws<InvalidOperationException>(() => MachineBus.Start()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_machine_knows_only_what_the_caller_did_not_set()
    {
        WaitLengths measured = new(7, 8);
        MachineMemory machine = new();
        LendableMemory own = new MachineMemory();

        BusOptions unset = new BusOptions().With(measured, machine, new MachineCallingCore());
        Assert.Equal((measured, machine), (unset.Waiting, unset.Lendable));

        BusOptions set = new BusOptions
        {
            QueueSize = 16,
            BufferSize = 256,
            Waiting = new WaitLengths(1, 2),
            Lendable = own,
            Checks = BusChecks.Full,
        }.With(measured, machine, new MachineCallingCore());
        Assert.Equal((16, 256, new WaitLengths(1, 2)), (set.QueueSize, set.BufferSize, set.Waiting));
        Assert.Equal((own, BusChecks.Full), (set.Lendable, set.Checks));

        // Also when it is what it would be by itself.
        BusOptions sameAsDefault = new BusOptions { Waiting = WaitLengths.Default }.With(measured, machine, new MachineCallingCore());
        Assert.Equal(WaitLengths.Default, sameAsDefault.Waiting);
    }
}

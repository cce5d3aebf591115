using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Smp.Waiting;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>A core that waits for several things at once, in every interleaving, and with faults planted.</summary>
public sealed class WaitSetTests(ITestOutputHelper output)
{
    private const ulong SomeTime = 1000;
    private const string SleepsForEver = "a core sleeps for ever";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Who_waits_for_two_senders_misses_nothing_and_passes_over_nobody(int messages) =>
        Sound.Check(WaitSets.TwoSenders(messages));

    [Fact]
    public void A_message_that_comes_as_the_time_is_up_is_found_or_stays() =>
        Sound.Check(WaitSets.TwoSenders(messages: 1, SomeTime));

    [Fact]
    public void A_core_that_polls_and_pauses_before_it_sleeps_misses_nothing() =>
        Sound.Check(WaitSets.TwoSenders(messages: 1) with { Waiting = new WaitLengths(2, 1) });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Messages_room_and_signals_are_waited_for_at_once(int signals) => Sound.Check(WaitSets.Everything(signals));

    [Fact]
    public void Every_signal_is_taken_once() => Sound.Check(WaitSets.Signals(signals: 4));

    [Fact]
    public void The_return_of_a_loan_and_a_message_are_waited_for_at_once() => Sound.Check(WaitSets.Loans(loans: 2));

    [Fact]
    public void Who_waits_for_messages_and_a_signal_learns_that_the_link_is_broken() =>
        Sound.Check(WaitSets.BrokenByTheSender());

    [Fact]
    public void Who_waits_for_room_and_a_signal_learns_that_the_link_is_broken() =>
        Sound.Check(WaitSets.BrokenByTheReceiver());

    [Fact]
    public void A_core_that_waits_keeps_neither_room_nor_messages_back() => Sound.Check(WaitSets.KeptBack());

    [Fact]
    public void An_announcement_that_is_not_withdrawn_costs_wake_ups_and_nothing_else() =>
        Sound.Check(WaitSets.TwoSenders(messages: 2, fault: SourceFault.NotWithdrawn));

    [Theory]
    [InlineData(SourceFault.NotAnnounced)]
    [InlineData(SourceFault.AnnouncedAfterTheLastLook)]
    [InlineData(SourceFault.NoLastLook)]
    internal void A_source_that_leaves_out_a_part_of_the_protocol_is_a_lost_wake_up(SourceFault fault)
    {
        AssertFound(WaitSets.TwoSenders(messages: 1, fault: fault), SleepsForEver);
        for (int source = 0; source < 3; source++)
        {
            AssertFound(WaitSets.Everything(signals: 1, fault, source), SleepsForEver);
        }
    }

    [Theory]
    [InlineData(PlantedFault.NoFenceAfterAnnouncement)]
    [InlineData(PlantedFault.ForgottenWakeUp)]
    [InlineData(PlantedFault.NoWakeUp)]
    internal void A_wait_set_needs_each_part_of_the_protocol(PlantedFault fault)
    {
        AssertFound(WaitSets.TwoSenders(messages: 1) with { Fault = fault }, SleepsForEver);
        AssertFound(WaitSets.Signals(signals: 1) with { Fault = fault }, SleepsForEver);
    }

    [Fact]
    public void Without_a_wait_for_the_senders_store_buffers_a_wake_up_is_lost()
    {
        AssertFound(WaitSets.TwoSenders(messages: 1) with { Fault = PlantedFault.NotSettled }, SleepsForEver);
        AssertFound(WaitSets.Everything(signals: 1, SourceFault.NotSettled), SleepsForEver);
    }

    [Fact]
    public void No_fence_after_a_signal_is_a_lost_wake_up() =>
        AssertFound(WaitSets.Signals(signals: 1) with { Fault = PlantedFault.NoFenceAfterWord }, SleepsForEver);

    [Fact]
    public void What_is_kept_back_before_a_sleep_is_a_deadlock() =>
        AssertFound(WaitSets.KeptBack(SourceFault.NotFlushed), SleepsForEver);

    private void AssertFound(Scenario scenario, string expected)
    {
        ExplorationResult result = scenario.Explore();
        Assert.NotNull(result.Violation);
        output.WriteLine($"found after {result.States} states: {result.Violation}");
        Assert.StartsWith(expected, result.Violation, StringComparison.Ordinal);
    }
}

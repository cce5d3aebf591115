using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Platform;
using ToroCosmos.Virtio.Spec;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Faults planted into the seam are found, and a way to each is told.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const string SleepsForEver = "a core sleeps for ever";
    private const string WrongMessage = "expected message";

    private static readonly string s_breaksAgain = string.Join(
        Environment.NewLine, "Assert.Equal() Failure: Values differ", "Expected: Ok", "Actual:   BrokenLink");

    [Fact]
    public void No_look_after_store_buffers_have_drained_is_a_lost_wake_up() =>
        AssertFound(PlantedFault.NotSettled, Scenario.OneWay(queueSize: 2, messages: 3), SleepsForEver);

    [Fact]
    public void No_look_for_broadcasts_after_store_buffers_have_drained_is_a_lost_wake_up() =>
        AssertFound(PlantedFault.NotSettled, Transfers.Broadcast(queueSize: 2, messages: 3), SleepsForEver);

    [Fact]
    public void No_look_for_any_core_after_store_buffers_have_drained_is_a_lost_wake_up() =>
        AssertFound(PlantedFault.NotSettled, ThreeCores.Any(queueSize: 2, messages: 1), SleepsForEver);

    [Fact]
    public void No_fence_after_giving_back_room_is_a_lost_wake_up() =>
        AssertFound(PlantedFault.NoFenceAfterRoom, Scenario.FromFull(queueSize: 2, messages: 5), SleepsForEver);

    [Fact]
    public void No_fence_after_announcing_sleep_is_a_lost_wake_up() =>
        AssertFound(PlantedFault.NoFenceAfterAnnouncement, Scenario.OneWay(queueSize: 2, messages: 3), SleepsForEver);

    [Fact]
    public void No_fence_after_announcing_sleep_to_every_sender_is_a_lost_wake_up() =>
        AssertFound(PlantedFault.NoFenceAfterAnnouncement, Transfers.Broadcast(queueSize: 2, messages: 3), SleepsForEver);

    [Fact]
    public void Lent_memory_that_was_not_returned_shows_another_message() =>
        AssertFound(PlantedFault.None, Transfers.Loans(messages: 2, isReturnAwaited: false), WrongMessage);

    [Fact]
    public void A_receiver_that_resets_a_link_before_its_sender_does_is_found() =>
        AssertFound(PlantedFault.ResetBeforeSender, Resets.WhileTheSenderWaits(messages: 1), s_breaksAgain);

    [Fact]
    public void A_receiver_that_is_ready_before_its_queue_is_found() =>
        AssertFound(PlantedFault.StateBeforeQueue, Resets.WhileTheSenderWaits(messages: 1), s_breaksAgain);

    [Fact]
    public void Memory_lent_before_a_reset_that_is_not_awaited_shows_another_message() =>
        AssertFound(PlantedFault.None, Resets.WithLentMemory(isReturnAwaited: false), WrongMessage);

    [Fact]
    public void Two_cores_that_send_each_other_large_messages_without_a_time_limit_wait_for_ever() =>
        AssertFound(PlantedFault.None, Transfers.LargeToEachOther(TimeLimit.None), SleepsForEver);

    [Fact]
    public void A_wake_up_forgotten_before_the_halt_is_a_lost_wake_up() =>
        AssertFound(PlantedFault.ForgottenWakeUp, Scenario.OneWay(queueSize: 2, messages: 3), SleepsForEver);

    [Fact]
    public void A_wake_up_that_arrives_before_the_message_or_the_news_of_a_broken_link_is_lost()
    {
        AssertFound(PlantedFault.WakeBeforeStores, Scenario.OneWay(queueSize: 2, messages: 3), SleepsForEver);
        AssertFound(PlantedFault.WakeBeforeStores, Broken.AtTheReceiver(), SleepsForEver);
    }

    [Fact]
    public void A_wake_up_that_arrives_before_the_news_of_a_reset_or_a_cancel_is_lost()
    {
        AssertFound(PlantedFault.WakeBeforeStores, Resets.WhileTheSenderWaits(messages: 1), SleepsForEver);
        AssertFound(PlantedFault.WakeBeforeStores, Resets.Cancelled(times: 1), SleepsForEver);
    }

    [Fact]
    public void Without_wake_ups_a_core_sleeps_for_ever() =>
        AssertFound(PlantedFault.NoWakeUp, Scenario.OneWay(queueSize: 2, messages: 3), SleepsForEver);

    [Fact]
    public void An_index_published_too_early_shows_a_message_that_is_not_there() =>
        AssertFound(PlantedFault.IndexBeforeMessage, Scenario.OneWay(queueSize: 2, messages: 3), WrongMessage);

    [Fact]
    public void A_size_that_is_not_a_power_of_two_overwrites_messages()
    {
        SplitVirtqueue.AnySizeIsValid = true;
        try
        {
            AssertFound(PlantedFault.None, Scenario.OneWay(queueSize: 3, messages: 5), WrongMessage);
        }
        finally
        {
            SplitVirtqueue.AnySizeIsValid = false;
        }
    }

    [Fact]
    public void An_index_published_before_its_length_shows_a_message_of_another_length() =>
        AssertFound(PlantedFault.IndexBeforeLength, Scenario.OneWay(queueSize: 2, messages: 3), WrongMessage);

    [Fact]
    public void A_broadcast_that_wakes_the_wrong_core_leaves_another_asleep() =>
        AssertFound(
            PlantedFault.SenderWakesStep, ThreeCores.Broadcast(sender: 1, queueSize: 2, messages: 1), SleepsForEver);

    [Fact]
    public void A_function_posted_before_it_is_there_is_not_run() =>
        AssertFound(PlantedFault.PostedBeforeFunction, machine => machine.ExploreMailbox(functions: 1), "No function");

    [Theory]
    [InlineData(PlantedFault.NoFenceAfterAnnouncement)]
    [InlineData(PlantedFault.NoFenceAfterWord)]
    [InlineData(PlantedFault.ForgottenWakeUp)]
    [InlineData(PlantedFault.NoWakeUp)]
    internal void A_core_that_waits_for_a_word_or_a_function_or_its_acceptance_needs_each_part_of_the_protocol(PlantedFault fault)
    {
        AssertFound(fault, machine => machine.ExploreWait(times: 2), SleepsForEver);
        AssertFound(fault, machine => machine.ExploreMailbox(functions: 1), SleepsForEver);
        AssertFound(fault, machine => machine.ExploreStartAlone(), SleepsForEver);
        AssertFound(fault, machine => machine.ExploreIdle(functions: 1), SleepsForEver);
    }

    private void AssertFound(PlantedFault fault, Scenario scenario, string expected) =>
        AssertFound((scenario with { Fault = fault }).Explore(), expected);

    private void AssertFound(PlantedFault fault, Func<Processors, ExplorationResult> explore, string expected)
    {
        using Processors machine = new([5], [5]) { Fault = fault };
        AssertFound(explore(machine), expected);
    }

    private void AssertFound(ExplorationResult result, string expected)
    {
        Assert.NotNull(result.Violation);
        output.WriteLine($"found after {result.States} states: {result.Violation}");
        Assert.StartsWith(expected, result.Violation, StringComparison.Ordinal);
    }
}

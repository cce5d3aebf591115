using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Resets, closing and cancelling, in every interleaving with what the other core does.</summary>
public sealed class ResetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_link_that_breaks_while_the_sender_waits_is_reset_by_both_ends(int messages) =>
        Sound.Check(Resets.WhileTheSenderWaits(messages));

    [Fact]
    public void A_link_that_the_sender_finds_broken_is_reset_when_the_receiver_has_all_messages() =>
        Sound.Check(Resets.WhileTheReceiverWaits());

    [Fact]
    public void A_sender_may_try_to_reset_a_link_at_any_time_and_more_than_once() => Sound.Check(Resets.AtAnyTime());

    [Fact]
    public void A_receiver_whose_time_is_up_as_the_sender_resets_its_end_finds_it_then_or_by_the_next_call() =>
        Sound.Check(Resets.InTime());

    [Fact]
    public void Memory_lent_before_a_reset_is_returned_when_the_receiver_reads_it_no_more() =>
        Sound.Check(Resets.WithLentMemory());

    [Fact]
    public void A_receiver_has_all_messages_before_it_learns_that_the_sender_closed_its_end() =>
        Sound.Check(Resets.ClosedSender());

    [Fact]
    public void A_sender_that_waits_for_room_learns_that_the_receiver_closed_its_end() =>
        Sound.Check(Resets.ClosedReceiver());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_cancel_ends_a_call_that_waits(int times) => Sound.Check(Resets.Cancelled(times));

    [Fact]
    public void A_cancel_and_a_message_at_the_same_time_are_both_noticed() => Sound.Check(Resets.CancelledWithAMessage());
}

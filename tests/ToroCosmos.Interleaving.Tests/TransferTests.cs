using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>The other ways to send, in every interleaving.</summary>
public sealed class TransferTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Messages_made_in_place_are_shown_at_the_latest_when_the_sender_waits(int queueSize) =>
        Sound.Check(Transfers.InPlace(queueSize, pairs: 2));

    [Fact]
    public void Batches_may_be_longer_than_the_queue() => Sound.Check(Transfers.Batches());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_batch_that_does_not_wait_as_long_as_it_takes_says_how_many_were_sent(bool isTimed) =>
        Sound.Check(Transfers.BatchInTime(isTimed));

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public void Two_cores_that_send_each_other_large_messages_with_a_time_limit_both_go_on(ulong timeoutNs) =>
        Sound.Check(Transfers.LargeToEachOther(timeoutNs));

    [Fact]
    public void A_broadcast_is_received_by_who_waits_for_any_core() =>
        Sound.Check(Transfers.Broadcast(queueSize: 2, messages: 4));

    [Fact]
    public void Long_messages_made_in_place_stay_whole_though_the_next_buffer_is_owned_in_advance() =>
        Sound.Check(Transfers.LongInPlace());

    [Fact]
    public void Lent_memory_that_was_returned_can_be_written_again() => Sound.Check(Transfers.Loans(messages: 3));

    [Fact]
    public void Lent_memory_that_comes_back_as_the_time_is_up_is_returned_then_or_later() =>
        Sound.Check(Transfers.TimedLoans(messages: 2));

    [Fact]
    public void Room_and_messages_that_come_as_the_time_is_up_are_found_in_place_then_or_later() =>
        Sound.Check(Transfers.TimedInPlace());

    [Fact]
    public void Memory_that_was_lent_long_ago_is_known_to_be_returned() => Sound.Check(Transfers.OldLoan());
}

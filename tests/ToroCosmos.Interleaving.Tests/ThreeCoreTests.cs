using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>The bus between three cores, in every interleaving.</summary>
public sealed class ThreeCoreTests
{
    private const ulong SomeTime = 1000;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void A_broadcast_reaches_all_others_once_and_in_order(int sender, int messages) =>
        Sound.Check(ThreeCores.Broadcast(sender, queueSize: 2, messages));

    [Fact]
    public void A_broadcast_waits_for_room_and_meanwhile_has_reached_those_who_had_it() =>
        Sound.Check(ThreeCores.BroadcastToSlow());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_broadcast_that_does_not_wait_as_long_as_it_takes_reaches_all_once_or_nobody(bool isTimed) =>
        Sound.Check(ThreeCores.BroadcastInTime(isTimed));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Who_receives_from_any_core_passes_over_nobody(int messages) =>
        Sound.Check(ThreeCores.Any(queueSize: 2, messages));

    [Fact]
    public void A_message_of_any_core_that_comes_as_the_time_is_up_is_received_or_stays() =>
        Sound.Check(ThreeCores.Any(queueSize: 2, messages: 1, SomeTime));

    [Fact]
    public void Cores_that_all_broadcast_and_receive_from_any_miss_nothing() => Sound.Check(ThreeCores.AllToAll());

    [Fact]
    public void A_core_that_waits_keeps_neither_room_nor_messages_back() => Sound.Check(ThreeCores.KeptBack());
}

using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>
/// The bus between two cores, in every interleaving: no message is lost, doubled, changed or out of order, and no core
/// sleeps for ever.
/// </summary>
public sealed class LinkTests
{
    private const ulong SomeTime = 1000;

    [Theory]
    [InlineData(2, 5)]
    [InlineData(4, 5)]
    [InlineData(8, 3)]
    public void Messages_arrive_once_whole_and_in_order(int queueSize, int messages) =>
        Sound.Check(Scenario.OneWay(queueSize, messages));

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 4)]
    public void Long_messages_arrive_whole_though_the_next_buffer_is_owned_in_advance(int queueSize, int messages) =>
        Sound.Check(Scenario.LongOneWay(queueSize, messages));

    [Fact]
    public void A_sender_of_long_messages_owns_no_buffer_that_is_not_its_own() =>
        Sound.Check(Scenario.LongFromFull(queueSize: 2, messages: 4));

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void A_sender_waits_until_there_is_room_and_goes_on(int queueSize) =>
        Sound.Check(Scenario.FromFull(queueSize, queueSize + 3));

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 2)]
    public void Messages_go_both_ways(int queueSize, int pairs) => Sound.Check(Scenario.BothWays(queueSize, pairs));

    [Fact]
    public void Cores_that_poll_and_pause_before_they_sleep_miss_nothing() =>
        Sound.Check(Scenario.OneWay(queueSize: 2, messages: 3) with { Waiting = new WaitLengths(1, 1) });

    [Fact]
    public void A_message_that_is_not_seen_before_the_halt_is_found_by_a_look_of_the_timer() =>
        Sound.Check(Scenario.OneWay(queueSize: 2, messages: 4) with { HasLooks = true, Fault = PlantedFault.NotSettled });

    [Fact]
    public void A_message_that_comes_as_the_time_is_up_is_received_or_stays() =>
        Sound.Check(Scenario.OneWay(queueSize: 2, messages: 2) with
        {
            Core1 = new CoreProgram(2, (end, step) =>
            {
                if (Message.TryReceive(end, 0, step, SomeTime) == BusStatus.TimedOut)
                {
                    Message.Receive(end, 0, step);
                }
            }),
        });

    [Fact]
    public void A_message_that_found_no_room_in_time_was_not_sent() =>
        Sound.Check(Scenario.FromFull(queueSize: 2, messages: 4) with
        {
            Core0 = new CoreProgram(2, (end, step) =>
            {
                if (Message.TrySend(end, 1, 2 + step, SomeTime) == BusStatus.TimedOut)
                {
                    Message.Send(end, 1, 2 + step);
                }
            }),
        });

    [Fact]
    public void A_sender_that_waits_for_room_learns_that_the_receiver_broke_the_link() =>
        Sound.Check(Broken.AtTheReceiver());

    [Fact]
    public void A_receiver_that_waits_learns_that_the_sender_broke_the_link() =>
        Sound.Check(Broken.AtTheSender());
}

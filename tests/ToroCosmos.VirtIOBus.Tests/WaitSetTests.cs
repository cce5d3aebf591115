using System;
using System.Linq;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>A core that waits for several things on the bus at once.</summary>
public sealed unsafe class WaitSetTests
{
    private const ulong MillisecondNs = 1_000_000;

    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];

    [Fact]
    public void A_message_that_comes_before_the_announcement_keeps_the_core_awake()
    {
        using TestBus test = new(3, _sleep);
        WaitSet set = Create(test[0].MessagesFrom(1), test[0].MessagesFrom(2));
        _sleep.AtBegin = () => test[2].TrySendTo(0, "just in time"u8);

        Assert.Same(test[0].MessagesFrom(2), Wait(set));
        Assert.Equal((1, 0, 1), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
        Assert.Empty(_sleep.Woken);
    }

    [Fact]
    public void A_message_that_comes_after_the_announcement_wakes_the_core()
    {
        using TestBus test = new(3, _sleep);
        WaitSet set = Create(test[0].MessagesFrom(1), test[0].MessagesFrom(2));
        _sleep.AtSleep = _ => test[2].TrySendTo(0, "wake up"u8);

        Assert.Same(test[0].MessagesFrom(2), Wait(set));
        Assert.Equal((1, 1, 0), (_sleep.Begins, _sleep.Sleeps, _sleep.Cancels));
        Assert.Equal([0], _sleep.Woken);
    }

    [Fact]
    public void Nobody_wakes_a_core_whose_wait_is_over()
    {
        using TestBus test = new(3, _sleep);
        WaitSet set = Create(test[0].MessagesFrom(1), test[0].MessagesFrom(2), test[0].RoomTo(1));
        Fill(test, 0, 1);
        _sleep.AtSleep = _ => test[2].TrySendTo(0, "wake up"u8);
        Wait(set);
        _sleep.Woken.Clear();

        test[1].TrySendTo(0, "x"u8);
        test[2].TrySendTo(0, "x"u8);
        Take(test, 0, 1, 2);

        Assert.Empty(_sleep.Woken);
    }

    [Fact]
    public void Room_wakes_the_core()
    {
        using TestBus test = new(3, _sleep);
        WaitSet set = Create(test[0].MessagesFrom(2), test[0].RoomTo(1));
        Fill(test, 0, 1);
        _sleep.AtSleep = _ => Take(test, 0, 1, 2);

        Assert.Same(test[0].RoomTo(1), Wait(set));
        Assert.Equal([0], _sleep.Woken);
    }

    [Fact]
    public void A_receiver_that_initializes_its_queue_wakes_who_waits_for_room()
    {
        using TestBus test = new(2, _sleep, initialize: false);
        WaitSet set = Create(test[0].RoomTo(1));
        _sleep.AtSleep = _ => test[1].InitializeQueueFrom(0);

        Assert.Same(test[0].RoomTo(1), Wait(set));
        Assert.Equal(BusStatus.Ok, test[0].TrySendTo(1, "x"u8));
    }

    [Fact]
    public void The_return_of_a_loan_wakes_the_core_and_another_loan_can_be_watched_then()
    {
        using AlignedMemory lendable = new(4096);
        using TestBus test = new(2, _sleep, lendable: new LendableStretch(lendable.Start, lendable.Bytes));
        LoanSource returned = new(test[0]);
        WaitSet set = Create(returned, test[0].MessagesFrom(1));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(BusStatus.Ok, test[0].TryLendTo(1, lendable.Start, 100, out BusLoan loan));
            Assert.Equal(BusStatus.Ok, returned.Watch(loan));
            Assert.Equal(loan, returned.Loan);
            Assert.Equal(WaitStatus.NoNews, set.TryWait(out _));
            _sleep.AtSleep = _ => test[1].TryRecvFrom(0, new byte[100], out int _);

            Assert.Same(returned, Wait(set));
            Assert.Equal(BusStatus.Ok, test[0].TryAwaitReturn(loan));
        }
    }

    [Fact]
    public void A_source_of_loans_that_watches_none_has_no_news()
    {
        using TestBus test = new(2, _sleep);
        LoanSource returned = new(test[0]);
        WaitSet set = Create(returned);

        Assert.Equal(WaitStatus.NothingToWaitFor, set.Wait(out _));
        Assert.Equal(BusStatus.NotLent, returned.Watch(default));
        Assert.Equal(BusStatus.NotLent, returned.Watch(new BusLoan(1, 0, 1000)));
        Assert.Equal(WaitStatus.NothingToWaitFor, set.Wait(out _));
        Assert.Equal(-1, returned.Loan.Core);
        Assert.Throws<ArgumentNullException>(() => new LoanSource(null!));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_link_that_breaks_wakes_the_core_and_the_call_that_follows_says_so(bool isIncoming)
    {
        using TestBus test = new(2, _sleep);
        WaitSet set = Create(isIncoming ? test[0].MessagesFrom(1) : test[0].RoomTo(1));
        if (isIncoming)
        {
            _sleep.AtSleep = _ =>
            {
                *test.Links.Queue(test.Links.Find(1, 0)).AvailIndex = 0x4000;
                test[1].TrySendTo(0, "x"u8);
            };
        }
        else
        {
            Fill(test, 0, 1);
            _sleep.AtSleep = _ =>
            {
                test.Links.Queue(test.Links.Find(0, 1)).UsedElements[0].Id = 77;
                test[1].TryRecvFrom(0, _buffer, out int _);
            };
        }

        Wait(set);
        Assert.Equal([0], _sleep.Woken);
        BusStatus status = isIncoming ? test[0].TryRecvFrom(1, _buffer, out _) : test[0].TrySendTo(1, "x"u8);
        Assert.Equal(BusStatus.BrokenLink, status);

        // Nobody sleeps for it again.
        Assert.Equal(WaitStatus.Ok, set.Wait(out _));
    }

    [Fact]
    public void A_core_that_waits_keeps_neither_room_nor_messages_back()
    {
        using TestBus test = new(3, _sleep, queueSize: 64);
        test[1].SendTo(0, "x"u8);
        Assert.Equal(BusStatus.Ok, test[0].RecvFrom(1, _buffer, out _));
        Assert.Equal(BusStatus.Ok, test[0].ReserveTo(1, out _));
        Assert.Equal(BusStatus.Ok, test[0].CommitTo(1, 1, more: true));
        WaitSet set = Create(test[0].MessagesFrom(2));
        Assert.Equal(WaitStatus.NoNews, set.TryWait(out _));
        Assert.Equal(BusStatus.Empty, test[1].TryRecvFrom(0, _buffer, out _));
        bool isShown = false;
        ushort room = 0;
        _sleep.AtSleep = _ =>
        {
            isShown = test[1].TryRecvFrom(0, _buffer, out int _) == BusStatus.Ok;
            room = *test.Links.Queue(test.Links.Find(1, 0)).AvailIndex;
            test[2].TrySendTo(0, "x"u8);
        };

        Wait(set);
        Assert.True(isShown);
        Assert.Equal(65, room);
    }

    [Fact]
    public void Messages_from_any_core_are_one_source()
    {
        using TestBus test = new(3, _sleep);
        WaitSet set = Create(test[0].MessagesFromAny);
        _sleep.AtSleep = _ => test[2].TrySendTo(0, "x"u8);

        Assert.Same(test[0].MessagesFromAny, Wait(set));
        Assert.Equal(BusStatus.Ok, test[0].RecvFromAny(_buffer, out int sender, out _));
        Assert.Equal(2, sender);
        _sleep.AtSleep = _ => { };
        Assert.Equal(WaitStatus.TimedOut, set.Wait(MillisecondNs, out _));
    }

    [Fact]
    public void A_message_shown_in_place_is_no_news_and_what_is_behind_it_is_news_when_it_is_released()
    {
        using TestBus test = new(3, _sleep);
        WaitSet set = Create(test[0].MessagesFrom(1), test[0].MessagesFrom(2));
        test[1].SendTo(0, "x"u8);
        test[1].SendTo(0, "y"u8);
        Assert.Equal(BusStatus.Ok, test[0].PeekFrom(1, out _));
        _sleep.AtSleep = _ => { };
        Assert.Equal(WaitStatus.TimedOut, set.Wait(MillisecondNs, out WaitSource? source));
        Assert.Null(source);

        test[0].ReleaseFrom(1);
        Assert.Same(test[0].MessagesFrom(1), Wait(set));
    }

    [Fact]
    public void Each_end_has_its_own_sources_and_they_wake_its_core()
    {
        using TestBus test = new(3, _sleep);
        WaitSource?[] sources = [test[1].MessagesFrom(0), test[1].MessagesFrom(2), test[1].RoomTo(0), test[1].RoomTo(2), test[1].MessagesFromAny];

        Assert.All(sources, source => Assert.Equal(1, source!.Core));
        Assert.Equal(sources.Length, sources.Distinct().Count());
        Assert.Same(sources[0], test[1].MessagesFrom(0));
        Assert.Null(test[1].MessagesFrom(1));
        Assert.Equal(WaitStatus.WrongCore, new WaitSet(0, 1, _sleep, default).Add(sources[0]));
    }

    [Fact]
    public void A_core_serves_two_others_and_a_signal_whichever_way_they_wait()
    {
        const int Messages = 2000;
        using AlignedMemory memory = new(CoreSignal.MemoryBytes);
        ThreadSleep sleep = new(3);
        using TestBus test = new(3, sleep);
        CoreSignal signal = new(0, 2, sleep, memory.Start);
        int[] served = new int[3];
        test.RunCores(
            end =>
            {
                WaitSet set = new(0, 3, sleep, new WaitLengths(0, 3));
                Assert.Equal(WaitStatus.Ok, set.Add(end.MessagesFrom(1)));
                Assert.Equal(WaitStatus.Ok, set.Add(end.MessagesFrom(2)));
                Assert.Equal(WaitStatus.Ok, set.Add(signal));
                while (served[1] + served[2] < 2 * Messages || served[0] < Messages)
                {
                    Assert.Equal(WaitStatus.Ok, set.Wait(out WaitSource? source));
                    if (source == signal)
                    {
                        served[0] += (int)signal.Take();
                        continue;
                    }

                    int sender = source == end.MessagesFrom(1) ? 1 : 2;
                    byte[] message = new byte[4];
                    Assert.Equal(BusStatus.Ok, end.TryRecvFrom(sender, message, out _));
                    Assert.Equal(served[sender]++, BitConverter.ToInt32(message));
                }
            },
            end => SendAll(end, null),
            end => SendAll(end, signal));

        Assert.Equal([Messages, Messages, Messages], served);

        static void SendAll(BusEndpoint end, CoreSignal? signal)
        {
            for (int i = 0; i < Messages; i++)
            {
                Assert.Equal(BusStatus.Ok, end.SendTo(0, BitConverter.GetBytes(i)));
                signal?.Set();
            }
        }
    }

    private WaitSet Create(params WaitSource?[] sources)
    {
        WaitSet set = new(0, sources.Length, _sleep, new WaitLengths(2, 2));
        Assert.All(sources, source => Assert.Equal(WaitStatus.Ok, set.Add(source)));
        return set;
    }

    private static WaitSource Wait(WaitSet set)
    {
        Assert.Equal(WaitStatus.Ok, set.Wait(out WaitSource? source));
        return source!;
    }

    private static void Fill(TestBus test, int sender, int receiver)
    {
        while (test[sender].TrySendTo(receiver, "f"u8) == BusStatus.Ok)
        {
        }
    }

    private static void Take(TestBus test, int sender, int receiver, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(BusStatus.Ok, test[receiver].TryRecvFrom(sender, new byte[64], out _));
        }
    }
}

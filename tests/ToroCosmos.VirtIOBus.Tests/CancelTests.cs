using System;
using ToroCosmos.Platform;
using ToroCosmos.Tests;
using ToroCosmos.VirtIOBus.Loans;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>Calls that wait, and somebody who wants them to end.</summary>
public sealed unsafe class CancelTests : IDisposable
{
    private readonly ScriptedSleep _sleep = new();
    private readonly byte[] _buffer = new byte[64];
    private readonly AlignedMemory _lent = new(4096);
    private readonly TestBus _test;

    public CancelTests()
    {
        _test = new TestBus(3, _sleep, queueSize: 2, lendable: new LendableStretch(_lent.Start, _lent.Bytes));
        _sleep.AtSleep = _ =>
        {
            _sleep.Woken.Clear();
            _test[0].Cancel();
            Assert.Equal([0], _sleep.Woken);
        };
    }

    public void Dispose()
    {
        _test.Dispose();
        _lent.Dispose();
    }

    [Fact]
    public void A_call_that_waits_to_receive_ends() => AssertCancelled(
        () => _test[0].RecvFrom(1, _buffer, out _),
        () => _test[0].RecvFrom(1, _buffer, TimeLimit.None, out _),
        () => _test[0].RecvBatchFrom(1, _buffer, new int[2], out _),
        () => _test[0].RecvFromAny(_buffer, out _, out _),
        () => _test[0].PeekFrom(1, out _));

    [Fact]
    public void A_call_that_waits_to_send_ends_and_sends_nothing()
    {
        Fill();
        AssertCancelled(
            () => _test[0].SendTo(1, "x"u8),
            () => _test[0].SendTo(1, "x"u8, TimeLimit.None),
            () => _test[0].SendBatchTo(1, "x"u8, 1, out _),
            () => _test[0].ReserveTo(1, out _),
            () => _test[0].SendLargeTo(1, new ReadOnlySpan<byte>(_lent.Start, 100)));
        Assert.Equal(1, _test[1].Receive(0, _buffer));
        Assert.Equal(1, _test[1].Receive(0, _buffer));
        Assert.Equal(BusStatus.Empty, _test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void A_call_that_waits_for_lent_memory_ends_and_the_memory_stays_lent()
    {
        Assert.Equal(BusStatus.Ok, _test[0].TryLendTo(1, _lent.Start, 100, out BusLoan loan));
        AssertCancelled(() => _test[0].AwaitReturn(loan, TimeLimit.None));
        Assert.Equal(BusStatus.StillLent, _test[0].AwaitReturn(loan, timeoutNs: 0));
        Assert.Equal(100, _test[1].Receive(0, new byte[100]));
        Assert.Equal(BusStatus.Ok, _test[0].AwaitReturn(loan, timeoutNs: 0));
    }

    [Fact]
    public void A_call_that_waits_for_the_senders_reset_ends()
    {
        *_test.Links.Queue(_test.Links.Find(1, 0)).UsedIndex = 0x4000;
        Assert.Equal(BusStatus.BrokenLink, _test[0].TryRecvFrom(1, _buffer, out _));
        AssertCancelled(() => _test[0].ResetFrom(1));
    }

    [Fact]
    public void A_broadcast_that_waits_ends_and_reaches_who_has_room()
    {
        Fill();
        AssertCancelled(() => _test[0].Broadcast("all"u8));
        Assert.Equal(3, _test[2].Receive(0, _buffer));
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(1, _test[1].Receive(0, _buffer));
        }

        Assert.Equal(BusStatus.Empty, _test[1].TryRecvFrom(0, _buffer, out _));
    }

    [Fact]
    public void Cancels_before_a_call_that_waits_end_the_first_one_at_once_and_only_that()
    {
        _test[0].Cancel();
        _test[0].Cancel();
        Assert.Equal(BusStatus.Empty, _test[0].TryRecvFrom(1, _buffer, out _));
        Assert.Equal(BusStatus.Ok, _test[1].SendTo(0, "x"u8));
        Assert.Equal(1, _test[0].Receive(1, _buffer));
        _sleep.AtSleep = null;
        Assert.Equal(BusStatus.Cancelled, _test[0].RecvFrom(1, _buffer, TimeLimit.None, out _));
        _sleep.AtSleep = _ => Assert.Equal(BusStatus.Ok, _test[1].SendTo(0, "x"u8));
        Assert.Equal(1, _test[0].Receive(1, _buffer));
        Assert.Equal(1, _sleep.Sleeps);
    }

    [Fact]
    public void A_message_that_comes_with_the_cancel_is_received_and_the_cancel_stays()
    {
        _sleep.AtSleep = _ =>
        {
            _test[0].Cancel();
            Assert.Equal(BusStatus.Ok, _test[1].SendTo(0, "x"u8));
        };
        Assert.Equal(1, _test[0].Receive(1, _buffer));
        Assert.Equal(BusStatus.Cancelled, _test[0].RecvFrom(1, _buffer, out _));
    }

    [Fact]
    public void Other_cores_do_not_notice()
    {
        _test[1].Cancel();
        _test[2].Cancel();
        _sleep.AtSleep = _ => Assert.Equal(BusStatus.Ok, _test[1].SendTo(0, "x"u8));
        Assert.Equal(1, _test[0].Receive(1, _buffer));
    }

    [Fact]
    public void A_thread_that_waits_is_cancelled_by_another_every_time()
    {
        const int Times = 500;
        using TestBus test = new(2, new ThreadSleep(2));
        int cancelled = 0;
        test.RunCores(
            core =>
            {
                for (int i = 0; i < Times; i++)
                {
                    Assert.Equal(BusStatus.Cancelled, core.RecvFrom(1, _buffer, TimeLimit.None, out _));
                    System.Threading.Volatile.Write(ref cancelled, i + 1);
                }
            },
            _ =>
            {
                for (int i = 0; i < Times; i++)
                {
                    test[0].Cancel();
                    while (System.Threading.Volatile.Read(ref cancelled) == i)
                    {
                        System.Threading.Thread.Yield();
                    }
                }
            });
        Assert.Equal(Times, cancelled);
    }

    private void AssertCancelled(params Func<BusStatus>[] calls)
    {
        foreach (Func<BusStatus> call in calls)
        {
            int sleeps = _sleep.Sleeps;
            Assert.Equal(BusStatus.Cancelled, call());
            Assert.Equal(sleeps + 1, _sleep.Sleeps);
        }
    }

    private void Fill()
    {
        while (_test[0].TrySendTo(1, "x"u8) == BusStatus.Ok)
        {
        }
    }
}

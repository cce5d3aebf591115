using System;
using System.Diagnostics;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests.Links;

/// <summary>
/// Announcing sleep and sending at the same moment, on two threads: in every order that the processor allows, the
/// sleeper sees the message or the sender sees the announcement. If neither did, the sleeper would sleep for ever.
/// Optimized code meets more closely: built for release, these see a missing fence, and a sleeper of which only the first
/// look counts.
/// </summary>
public sealed unsafe class SleepAnnouncementTests
{
    private const int Rounds = 200_000;
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(1.5);

    [Fact]
    public void A_message_sent_while_sleep_is_announced_is_noticed_by_one_side()
    {
        using QueuePair pair = new(4);
        ulong settling = TickScale.OfClock.ToTicks(SecondLooks.UntimedSettlingMicroseconds * 1000UL);
        Race(
            sleeper: () =>
            {
                // The sender's index may still be in its store buffer when it looks, so one look is not enough.
                pair.Driver->RequestWakeUp();
                RingMemory.Fence();
                ulong settled = Clock.Now + settling;
                while (!pair.Driver->HasNews() && Clock.Now < settled)
                {
                    Cpu.Pause();
                }

                return pair.Driver->HasNews();
            },
            waker: () => pair.Device->TryReserve(out _) && pair.Device->Commit(0),
            afterwards: () =>
            {
                pair.Driver->SuppressWakeUps();
                Assert.True(pair.Driver->TryPeek(out _, out _));
                pair.Driver->Release();
            });
    }

    [Fact]
    public void Room_given_back_while_sleep_is_announced_is_noticed_by_one_side()
    {
        using QueuePair pair = new(1);
        Assert.True(pair.Send([]));
        Race(
            sleeper: () =>
            {
                pair.Device->RequestWakeUp();
                RingMemory.Fence();
                return pair.Device->HasNews();
            },
            waker: () => pair.Driver->TryPeek(out _, out _) && pair.Driver->Release(),
            afterwards: () =>
            {
                pair.Device->SuppressWakeUps();
                Assert.True(pair.Send([]));
            });
    }

    /// <summary>
    /// Runs both sides at once, many times, as often as the time allows: a machine that is busy gets fewer rounds.
    /// </summary>
    private static void Race(Func<bool> sleeper, Func<bool> waker, Action afterwards)
    {
        int turn = 0;
        int done = 0;
        bool woken = false;
        Thread thread = new(() =>
        {
            for (int round = 1; ; round++)
            {
                SpinUntil(ref turn, round);
                if (turn == int.MaxValue)
                {
                    return;
                }

                woken = waker();
                Volatile.Write(ref done, round);
            }
        })
        { IsBackground = true };
        thread.Start();

        long start = Stopwatch.GetTimestamp();
        int lost = 0;
        for (int round = 1; round <= Rounds && lost == 0 && Stopwatch.GetElapsedTime(start) < s_budget; round++)
        {
            Volatile.Write(ref turn, round);

            // Shifts the two sides against each other, so that they meet at every distance.
            for (int i = 0; i < round % 512; i++)
            {
                Volatile.Read(ref done);
            }

            bool noticed = sleeper();
            SpinUntil(ref done, round);
            lost = noticed || woken ? 0 : round;
            afterwards();
        }

        Volatile.Write(ref turn, int.MaxValue);
        Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "The other thread did not end.");
        Assert.True(lost == 0, $"A wake-up was lost in round {lost}.");
    }

    private static void SpinUntil(ref int value, int atLeast)
    {
        for (int i = 0; Volatile.Read(ref value) < atLeast; i++)
        {
            if (i > 1000)
            {
                Thread.Yield();
            }
        }
    }
}

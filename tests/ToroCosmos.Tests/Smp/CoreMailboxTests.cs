using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.Tests.Smp;

public sealed unsafe class CoreMailboxTests
{
    private const int Core = 1;

    /// <summary>Far beyond what a wait takes on a busy computer: one that is over is a wake-up that was lost.</summary>
    private const ulong PatienceNs = 30_000_000_000;

    // What the functions below leave; a function takes nothing but its core's number.
    [System.ThreadStatic]
    private static bool s_stopped;
    private static int s_runs;
    private static int s_lastCore;
    private static ManualResetEventSlim? s_gate;

    [Theory]
    [InlineData(0, 0, 3000)]
    [InlineData(0, 50, 3000)]
    [InlineData(50, 0, 3000)]
    public void Every_posted_function_runs_once_whichever_way_the_cores_wait(int polls, int pauses, int posts)
    {
        var lengths = new WaitLengths(polls, pauses);
        using var slots = new SharedSlots(9);
        using var sleep = new ParkedThreads(2);
        CoreSlot* slot = slots.Slots;
        slot->Posted = uint.MaxValue - 100;
        slot->Finished = uint.MaxValue - 100;
        Thread core = Serve(slot, sleep, lengths);
        s_runs = 0;

        for (int i = 1; i <= posts; i++)
        {
            CoreMailbox.Post(slot, Core, &Count, sleep);
            Assert.True(CoreMailbox.WaitUntilFinished(slot, sleep, lengths, ulong.MaxValue));
            Assert.Equal(i, s_runs);
        }

        Assert.Equal(Core, s_lastCore);
        Stop(slot, sleep, core);
    }

    [Fact]
    public void A_core_is_busy_until_its_function_has_returned()
    {
        using var slots = new SharedSlots(9);
        using var sleep = new ParkedThreads(2);
        using var gate = new ManualResetEventSlim();
        s_gate = gate;
        CoreSlot* slot = slots.Slots;
        Thread core = Serve(slot, sleep, WaitLengths.Default);
        Assert.False(CoreMailbox.IsBusy(slot));

        CoreMailbox.Post(slot, Core, &PassGate, sleep);
        Assert.True(CoreMailbox.IsBusy(slot));
        ulong deadline = Clock.Now + TickMath.FromMicroseconds(2000);
        Assert.False(CoreMailbox.WaitUntilFinished(slot, sleep, WaitLengths.Default, deadline));
        Assert.True(Clock.Now >= deadline);
        gate.Set();
        Assert.True(CoreMailbox.WaitUntilFinished(slot, sleep, WaitLengths.Default, ulong.MaxValue));

        Assert.False(CoreMailbox.IsBusy(slot));
        Stop(slot, sleep, core);
    }

    [Theory]
    [InlineData(0, 0, 2000)]
    [InlineData(20, 20, 2000)]
    public void A_wait_set_of_the_boot_core_has_a_core_that_has_finished(int polls, int pauses, int posts)
    {
        var lengths = new WaitLengths(polls, pauses);
        using var slots = new SharedSlots(9);
        using var sleep = new ParkedThreads(2);
        CoreSlot* slot = slots.Slots;
        Thread core = Serve(slot, sleep, lengths);
        var idle = new IdleCore(slot);
        var set = new WaitSet(0, 1, sleep, lengths);
        Assert.Equal(WaitStatus.Ok, set.Add(idle));
        s_runs = 0;

        // A core that was given nothing is idle, too.
        for (int i = 0; i <= posts; i++)
        {
            Assert.Equal(WaitStatus.Ok, set.Wait(PatienceNs, out WaitSource? source));
            Assert.Same(idle, source);
            Assert.Equal(i, s_runs);
            CoreMailbox.Post(slot, Core, &Count, sleep);
        }

        Assert.Equal(WaitStatus.Ok, set.Wait(PatienceNs, out _));
        Stop(slot, sleep, core);
    }

    [Fact]
    public void A_core_without_work_sleeps_and_does_not_poll()
    {
        using var slots = new SharedSlots(9);
        using var sleep = new ParkedThreads(2);
        Thread core = Serve(slots.Slots, sleep, WaitLengths.Default);

        Assert.True(SpinWait.SpinUntil(() => sleep.Sleeps == 1, 10_000));
        Assert.True(SpinWait.SpinUntil(() => core.ThreadState.HasFlag(ThreadState.WaitSleepJoin), 10_000));
        Assert.Equal(1u, slots.Slots->Asleep);

        Stop(slots.Slots, sleep, core);
        Assert.Equal(0u, slots.Slots->Asleep);
    }

    [Fact]
    public void Each_side_of_a_slot_has_lines_of_its_own()
    {
        CoreSlot slot;
        byte* start = (byte*)&slot;
        Assert.Equal(256, sizeof(CoreSlot));
        Assert.True((byte*)&slot.Function - start + sizeof(nint) <= 128);
        Assert.True((byte*)&slot.Answer - start >= 128);
        Assert.True((byte*)&slot.Finished - start >= 128);
        Assert.True((byte*)&slot.Asleep - start >= 128);
    }

    private static Thread Serve(CoreSlot* slot, ParkedThreads sleep, WaitLengths lengths)
    {
        nint address = (nint)slot;
        var thread = new Thread(() =>
        {
            sleep.Become(Core);
            while (!s_stopped)
            {
                CoreMailbox.ServeOne((CoreSlot*)address, Core, sleep, lengths);
            }
        });
        thread.Start();
        return thread;
    }

    private static void Stop(CoreSlot* slot, ParkedThreads sleep, Thread core)
    {
        CoreMailbox.Post(slot, Core, &StopServing, sleep);
        core.Join();
    }

    private static void Count(int core)
    {
        s_runs++;
        s_lastCore = core;
    }

    private static void PassGate(int core) => s_gate!.Wait();

    private static void StopServing(int core) => s_stopped = true;
}

using System;
using System.Threading;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.Tests.Smp.Waiting;

public sealed unsafe class CoreSignalTests
{
    private readonly StepSleep _sleep = new();

    [Fact]
    public void Every_setting_is_counted_and_taken_once()
    {
        using AlignedMemory memory = new(CoreSignal.MemoryBytes);
        CoreSignal signal = new(0, 1, _sleep, memory.Start);
        Assert.Equal(0, signal.Core);
        Assert.Equal(0u, signal.Take());

        signal.Set();
        signal.Set();
        signal.Set();
        Assert.Equal(3u, signal.Take());
        Assert.Equal(0u, signal.Take());
        Assert.Equal(-1, _sleep.LastWoken);
    }

    [Fact]
    public void The_count_wraps_around()
    {
        using AlignedMemory memory = new(CoreSignal.MemoryBytes);
        CoreSignal signal = new(0, 1, _sleep, memory.Start);
        SignalWords* words = (SignalWords*)memory.Start;
        words->Set = uint.MaxValue - 1;
        words->Taken = uint.MaxValue - 1;

        for (int i = 0; i < 3; i++)
        {
            signal.Set();
        }

        Assert.Equal(1u, words->Set);
        Assert.True(signal.HasNews());
        Assert.Equal(3u, signal.Take());
        Assert.False(signal.HasNews());
    }

    [Fact]
    public void A_signal_wakes_a_core_that_sleeps_on_it()
    {
        using AlignedMemory memory = new(CoreSignal.MemoryBytes);
        CoreSignal signal = new(4, 1, _sleep, memory.Start);
        WaitSet set = new(4, 1, _sleep, default);
        set.Add(signal);
        _sleep.AtSleep = _ => signal.Set();

        Assert.Equal(WaitStatus.Ok, set.Wait(out WaitSource? source));
        Assert.Same(signal, source);
        Assert.Equal(4, _sleep.LastWoken);
        Assert.Equal(1u, signal.Take());
        Assert.Equal(WaitStatus.NoNews, set.TryWait(out _));
    }

    [Fact]
    public void An_interrupt_of_the_core_that_waits_needs_no_other_to_wake_it()
    {
        using AlignedMemory memory = new(CoreSignal.MemoryBytes);
        CoreSignal signal = new(4, 4, _sleep, memory.Start);
        WaitSet set = new(4, 1, _sleep, default);
        set.Add(signal);
        _sleep.AtSleep = _ => signal.Set();

        Assert.Equal(WaitStatus.Ok, set.Wait(out _));
        Assert.Equal(-1, _sleep.LastWoken);
    }

    [Fact]
    public void Each_side_of_a_signal_has_lines_of_its_own()
    {
        SignalWords words;
        byte* start = (byte*)&words;
        Assert.Equal(CoreSignal.MemoryBytes, sizeof(SignalWords));
        Assert.True((byte*)&words.Taken - (byte*)&words.Set >= 128);
        Assert.True((byte*)&words.Asleep - start + sizeof(uint) <= CoreSignal.MemoryBytes);
    }

    [Fact]
    public void A_signal_is_between_cores_and_lies_in_aligned_memory()
    {
        using AlignedMemory memory = new(2 * CoreSignal.MemoryBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoreSignal(-1, 0, _sleep, memory.Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CoreSignal(0, -1, _sleep, memory.Start));
        Assert.Throws<ArgumentNullException>(() => new CoreSignal(0, 1, null!, memory.Start));
        Assert.Throws<ArgumentException>(() => new CoreSignal(0, 1, _sleep, null));
        Assert.Throws<ArgumentException>(() => new CoreSignal(0, 1, _sleep, memory.Start + 64));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 20)]
    [InlineData(20, 0)]
    public void No_signal_is_lost_whichever_way_the_core_waits(int polls, int pauses)
    {
        const int Signals = 3000;
        const ulong LongNs = 20_000_000_000;
        using AlignedMemory memory = new(2 * CoreSignal.MemoryBytes);
        using ParkedThreads sleep = new(2);
        CoreSignal there = new(1, 0, sleep, memory.Start);
        CoreSignal back = new(0, 1, sleep, memory.Start + CoreSignal.MemoryBytes);
        Thread other = new(() =>
        {
            sleep.Become(1);
            WaitSet set = new(1, 1, sleep, new WaitLengths(polls, pauses));
            set.Add(there);
            for (int i = 0; i < Signals; i++)
            {
                if (set.Wait(LongNs, out _) != WaitStatus.Ok)
                {
                    return;
                }

                there.Take();
                back.Set();
            }
        });
        other.Start();
        WaitSet set = new(0, 1, sleep, new WaitLengths(polls, pauses));
        set.Add(back);
        for (int i = 0; i < Signals; i++)
        {
            there.Set();
            Assert.Equal(WaitStatus.Ok, set.Wait(LongNs, out _));
            Assert.Equal(1u, back.Take());
        }

        other.Join();
    }
}

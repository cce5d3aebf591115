using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>How often a core looks before it does something else.</summary>
public sealed class WaiterTests
{
    private readonly ScriptedSleep _sleep = new();

    [Theory]
    [InlineData(1, 100, 100)]
    [InlineData(3, 100, 34)]
    [InlineData(63, 100, 2)]
    [InlineData(200, 100, 1)]
    [InlineData(63, 0, 0)]
    [InlineData(int.MaxValue, int.MaxValue, 1)]
    public void Polling_many_links_takes_about_as_many_looks_at_a_link_as_polling_one(int links, int steps, int looks)
    {
        Waiter waiter = new(_sleep, new WaitLengths(steps, 0), TickScale.OfClock);
        Counter counter = new();

        Assert.False(waiter.Poll(new Silent(counter, links)));
        Assert.Equal(looks, counter.Looks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    public void The_clock_is_looked_at_after_the_first_look_with_a_pause(int links)
    {
        Waiter waiter = new(_sleep, new WaitLengths(0, 1000), TickScale.OfClock);
        Counter counter = new();

        Assert.False(waiter.Sleep(new Silent(counter, links), deadline: 1));
        Assert.Equal((1, 0), (counter.Looks, _sleep.Begins));
    }

    [Theory]
    [InlineData(1, 17)]
    [InlineData(4, 5)]
    [InlineData(16, 2)]
    [InlineData(63, 2)]
    public void The_clock_is_looked_at_again_after_sixteen_looks_at_a_link(int links, int looks)
    {
        // The time passes in the second look: it is noticed when the clock is looked at for the second time.
        ulong deadline = Clock.Now + (Clock.TicksPerSecond / 50);
        Waiter waiter = new(_sleep, new WaitLengths(0, 1000), TickScale.OfClock);
        Counter counter = new() { DelayedLook = 2, Until = deadline };

        Assert.False(waiter.Sleep(new Silent(counter, links), deadline));
        Assert.InRange(counter.Looks, 1, looks);
    }

    private sealed class Counter
    {
        public int Looks { get; set; }

        public int DelayedLook { get; init; }

        public ulong Until { get; init; }
    }

    /// <summary>Links without news.</summary>
    private readonly struct Silent(Counter counter, int links) : IWaitable
    {
        private readonly Counter _counter = counter;

        public int SourceCount { get; } = links;

        public bool NeedsSecondLook => true;

        public bool HasNews()
        {
            if (++_counter.Looks == _counter.DelayedLook)
            {
                while (Clock.Now < _counter.Until)
                {
                    Cpu.Pause();
                }
            }

            return false;
        }

        public void RequestWakeUp()
        {
        }

        public void SuppressWakeUps()
        {
        }
    }
}

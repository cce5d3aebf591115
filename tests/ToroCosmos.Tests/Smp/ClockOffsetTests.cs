using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Startup;
using Xunit;

namespace ToroCosmos.Tests.Smp;

public sealed unsafe class ClockOffsetTests
{
    [Theory]
    [InlineData(0L)]
    [InlineData(3L)]
    [InlineData(-3L)]
    public void A_difference_within_the_way_there_and_back_does_not_show(long offset)
    {
        ClockOffset found = Sample(offset, (1000, 1010, 1020), (2000, 2003, 2050));
        Assert.Equal(0ul, found.Difference);
    }

    [Theory]
    [InlineData(1_000_000L, 999_990ul, 0ul)]
    [InlineData(-1_000_000L, 0ul, 999_997ul)]
    [InlineData(-100_000L, 0ul, 99_997ul)]
    public void A_difference_is_found_within_the_shortest_way(long offset, ulong ahead, ulong behind)
    {
        ClockOffset found = Sample(offset, (1000, 1010, 1020), (2000, 2003, 2050));
        Assert.Equal(ahead, found.Ahead);
        Assert.Equal(behind, found.Behind);
        Assert.InRange((long)found.Correction + offset, -10, 10);
    }

    [Fact]
    public void Nothing_shows_without_a_sample() => Assert.Equal(0ul, ClockOffset.Unknown.Difference);

    [Fact]
    public void Threads_of_one_computer_have_one_clock()
    {
        using var memory = new AlignedMemory(CoreSlot.Bytes, CoreSlot.Alignment);
        var echo = (ClockEcho*)memory.Start;
        *echo = default;
        nint shared = (nint)echo;
        var thread = new Thread(() => ClockEcho.Answer((ClockEcho*)shared));
        thread.Start();
        ClockOffset offset = ClockEcho.Ask(echo, 100, Clock.Now + (10 * Clock.TicksPerSecond));
        thread.Join();
        Assert.Equal(0ul, offset.Difference);
        Assert.NotEqual(ClockOffset.Unknown, offset);
    }

    private static ClockOffset Sample(long offset, params (ulong Before, ulong Between, ulong After)[] samples)
    {
        ClockOffset found = ClockOffset.Unknown;
        foreach ((ulong before, ulong between, ulong after) in samples)
        {
            found.Add(before, between + (ulong)offset, after);
        }

        return found;
    }
}

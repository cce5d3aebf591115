using ToroCosmos.Platform;
using Xunit;

namespace ToroCosmos.Tests.Platform;

public sealed class TickScaleTests
{
    [Theory]
    [InlineData(1_000_000_000ul, 1_000ul, 1_000ul)]
    [InlineData(1_000_000_000ul, 3_600_000_000_000ul, 3_600_000_000_000ul)]
    [InlineData(2_500_000_000ul, 1_000_000_000ul, 2_500_000_000ul)]
    [InlineData(10_000_000ul, 1_000_000_000ul, 10_000_000ul)]
    [InlineData(3_579_545ul, 1_000_000_000ul, 3_579_545ul)]
    [InlineData(100_000_000ul, 3_000_000ul, 300_000ul)]
    [InlineData(100_000_000ul, 1_000ul, 100ul)]
    [InlineData(100_000_000ul, 1ul, 1ul)]
    public void A_duration_is_never_shorter_and_hardly_longer(ulong frequency, ulong nanoseconds, ulong ticks)
    {
        ulong actual = new TickScale(frequency).ToTicks(nanoseconds);
        Assert.InRange(actual, ticks, ticks + (ticks / 10_000) + 1);
    }

    [Fact]
    public void Microseconds_are_turned_into_ticks_as_nanoseconds_are()
    {
        foreach (uint microseconds in (uint[])[0, 1, 3, 1000, 1_000_000, uint.MaxValue])
        {
            Assert.Equal(TickScale.OfClock.ToTicks(microseconds * 1000ul), TickMath.FromMicroseconds(microseconds));
        }
    }

    [Theory]
    [InlineData(1_000_000_000ul)]
    [InlineData(200_000_000_000ul)]
    public void A_duration_beyond_the_clock_saturates(ulong frequency)
    {
        TickScale scale = new(frequency);
        Assert.Equal(ulong.MaxValue, scale.ToTicks(ulong.MaxValue - 1));
        Assert.Equal(ulong.MaxValue, scale.DeadlineAfter(ulong.MaxValue - 1));
    }

    [Theory]
    [InlineData(1_000_000ul)]
    [InlineData(5_000_000_000ul)]
    public void No_limit_stays_no_limit(ulong frequency) =>
        Assert.Equal(ulong.MaxValue, new TickScale(frequency).DeadlineAfter(ulong.MaxValue));

    [Theory]
    [InlineData(1_000_000ul)]
    [InlineData(5_000_000_000ul)]
    public void A_limit_of_nothing_has_passed_before_it_begins(ulong frequency) =>
        Assert.Equal(0ul, new TickScale(frequency).DeadlineAfter(0));

    [Fact]
    public void A_deadline_lies_ahead()
    {
        ulong before = Clock.Now;
        ulong deadline = new TickScale(Clock.TicksPerSecond).DeadlineAfter(1_000_000_000);
        Assert.InRange(deadline - Clock.TicksPerSecond, before, Clock.Now + (Clock.TicksPerSecond / 1000));
    }
}

using ToroCosmos.Smp.Apic;
using Xunit;

namespace ToroCosmos.Tests.Smp.Apic;

public sealed class LocalApicTests
{
    private const ulong Enabled = 0xFEE00900;
    private const ulong EnabledX2Apic = 0xFEE00D00;

    [Theory]
    [InlineData(false, Enabled, 254u, false)]
    [InlineData(true, Enabled, 254u, false)]
    [InlineData(true, Enabled, 255u, true)]
    [InlineData(true, Enabled, 70000u, true)]
    [InlineData(false, Enabled, 255u, false)]
    [InlineData(true, EnabledX2Apic, 3u, true)]
    public void The_mode_follows_the_firmware_and_the_largest_id(bool supported, ulong apicBase, uint largest, bool x2Apic)
    {
        Assert.Equal(x2Apic, LocalApic.ChooseX2Apic(supported, apicBase, largest));
    }

    [Theory]
    [InlineData(62_500u, 1_000_000ul, 65_536u)]
    [InlineData(62_500u, 2_400_000ul, 27_306u)]
    [InlineData(0u, 1_000_000ul, 0u)]
    [InlineData(5u, 0ul, 0u)]
    [InlineData(uint.MaxValue, 1ul, uint.MaxValue)]
    public void The_rate_of_the_timer_is_counts_in_a_million_ticks(uint counted, ulong ticks, uint rate)
    {
        Assert.Equal(rate, LocalApicTimer.RateOf(counted, ticks));
    }

    // A timer of 62.5 MHz, which counts 3.90625 million times in a second where it divides by 16; a clock of 1 GHz.
    [Theory]
    [InlineData(39_062u, 0b0011u, 10_000_000ul)]
    [InlineData(625_000u, 0b1011u, 10_000_000ul)]
    [InlineData(312_500u, 0b0000u, 10_000_000ul)]
    [InlineData(156_250u, 0b0001u, 10_000_000ul)]
    [InlineData(78_125u, 0b0010u, 10_000_000ul)]
    [InlineData(19_531u, 0b1000u, 10_000_000ul)]
    [InlineData(9_766u, 0b1001u, 10_000_000ul)]
    [InlineData(4_883u, 0b1010u, 10_000_000ul)]
    [InlineData(uint.MaxValue, 0b1010u, 8_796_093_020_160ul)]
    public void A_schedulers_counts_are_a_time_whatever_it_divides_by(uint counts, uint divide, ulong expected)
    {
        ulong ticks = LocalApicTimer.TicksIn(counts, divide, LocalApicTimer.RateOf(3_906_250, 1_000_000_000));

        Assert.InRange(ticks, expected - (expected >> 10), expected + (expected >> 10));
    }

    [Fact]
    public void Without_a_rate_a_schedulers_timer_never_interrupts()
    {
        Assert.Equal(ulong.MaxValue, LocalApicTimer.TicksIn(1, 3, 0));
    }
}

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
}

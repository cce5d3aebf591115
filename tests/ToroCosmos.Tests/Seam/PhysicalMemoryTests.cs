using ToroCosmos.Seam;
using Xunit;

namespace ToroCosmos.Tests.Seam;

public sealed class PhysicalMemoryTests
{
    private const ulong Limit = 1UL << 32;

    [Theory]
    [InlineData(0ul, 1ul, true)]
    [InlineData(0ul, Limit, true)]
    [InlineData(Limit - 1, 1ul, true)]
    [InlineData(0xFFFF_0000ul, 0x1_0000ul, true)]
    [InlineData(0ul, 0ul, false)]
    [InlineData(Limit - 1, 2ul, false)]
    [InlineData(Limit, 1ul, false)]
    [InlineData(Limit, 0ul, false)]
    [InlineData(ulong.MaxValue, 2ul, false)]
    [InlineData(ulong.MaxValue - 15, 0x1010ul, false)]
    [InlineData(1ul, ulong.MaxValue, false)]
    public void A_stretch_is_below_a_limit_only_when_it_has_bytes_and_does_not_wrap(ulong address, ulong bytes, bool isBelow)
    {
        Assert.Equal(isBelow, PhysicalMemory.IsBelow(address, bytes, Limit));
    }
}

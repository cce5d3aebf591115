using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.Platform;
using Xunit;

namespace ToroCosmos.Tests.Platform;

public sealed class TickMathTests
{
    [Fact]
    public void Division_bit_by_bit_is_division() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            ArbMap.Default.ArbFor<ulong>(),
            ArbMap.Default.ArbFor<uint>(),
            (dividend, divisor) => divisor == 0 || TickMath.Divide(dividend, divisor) == dividend / divisor));

    [Theory]
    [InlineData(ulong.MaxValue, 1ul, ulong.MaxValue)]
    [InlineData(ulong.MaxValue, 3ul, 0x5555_5555_5555_5555ul)]
    [InlineData(0ul, 7ul, 0ul)]
    [InlineData(1ul << 63, 1ul << 62, 2ul)]
    public void Division_holds_at_the_edges(ulong dividend, ulong divisor, ulong quotient)
    {
        Assert.Equal(quotient, TickMath.Divide(dividend, divisor));
    }
}

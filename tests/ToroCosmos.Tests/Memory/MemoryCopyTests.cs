using System;
using ToroCosmos.Memory;
using Xunit;

namespace ToroCosmos.Tests.Memory;

public sealed unsafe class MemoryCopyTests : IDisposable
{
    private const int Margin = 64;
    private const byte Untouched = 0xEE;

    public void Dispose() => MemoryCopy.UsesVectors = false;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exactly_the_bytes_asked_for_are_copied_at_any_length_and_alignment(bool byVectors)
    {
        MemoryCopy.UsesVectors = byVectors;
        foreach (int bytes in new[] { 0, 1, 7, 8, 9, 31, 32, 63, 64, 511, 512, 513, 1024, 1543, 4096 })
        {
            for (int shift = 0; shift < 17; shift += 3)
            {
                AssertCopies(bytes, shift);
            }
        }
    }

    [Fact]
    public void Tuning_tells_which_way_it_chose()
    {
        bool vectors = CopyMeasurement.Tune();

        Assert.Equal(vectors, MemoryCopy.UsesVectors);
    }

    private static void AssertCopies(int bytes, int shift)
    {
        byte[] from = new byte[bytes + Margin];
        byte[] to = new byte[bytes + Margin];
        new Random(bytes).NextBytes(from);
        Array.Fill(to, Untouched);
        fixed (byte* source = from, destination = to)
        {
            MemoryCopy.Copy(destination + shift, source + (shift / 2), (uint)bytes);
        }

        Assert.Equal(from.AsSpan(shift / 2, bytes), to.AsSpan(shift, bytes));
        Assert.True(to.AsSpan(0, shift).IndexOfAnyExcept(Untouched) < 0);
        Assert.True(to.AsSpan(shift + bytes).IndexOfAnyExcept(Untouched) < 0);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using ToroCosmos.Memory;
using Xunit;

namespace ToroCosmos.Virtio.Tests.Memory;

/// <summary>Memory for devices, which is taken and given back.</summary>
public sealed unsafe class DmaPoolTests
{
    [Theory]
    [InlineData(1, 128)]
    [InlineData(128, 128)]
    [InlineData(129, 256)]
    [InlineData(5000, 8192)]
    public void A_stretch_is_zeroed_aligned_to_its_block_and_as_long_as_asked(uint bytes, uint block)
    {
        using FakePool pool = new(16384);
        Assert.True(pool.TryAllocate(bytes, out DmaMemory memory));
        Assert.Equal((bytes, 0u, 0UL), (memory.Bytes, (uint)((nuint)memory.Start % block), memory.Address % block));
        Assert.Equal(-1, memory.Span.IndexOfAnyExcept((byte)0));
        Assert.Equal((block, 16384UL), (pool.UsedBytes, pool.TotalBytes));
    }

    [Fact]
    public void Memory_that_is_given_back_is_taken_again_and_is_zero_again()
    {
        using FakePool pool = new(4096);
        for (int i = 0; i < 1000; i++)
        {
            Assert.True(pool.TryAllocate(2048, out DmaMemory one));
            Assert.True(pool.TryAllocate(1025, out DmaMemory other));
            Assert.False(pool.TryAllocate(1, out DmaMemory none));
            Assert.True(none.IsEmpty);
            Assert.Equal(-1, one.Span.IndexOfAnyExcept((byte)0));
            one.Span.Fill(0xEE);
            Assert.True(pool.TryFree(one));
            Assert.True(pool.TryFree(other));
        }

        Assert.Equal((0UL, 1), (pool.UsedBytes, pool.Grown));
        Assert.True(pool.TryAllocate(4096, out _));
    }

    [Fact]
    public void What_is_not_in_use_as_this_stretch_cannot_be_given_back()
    {
        using FakePool pool = new(4096);
        using FakePool other = new(4096);
        Assert.True(pool.TryAllocate(256, out DmaMemory memory));
        Assert.True(other.TryAllocate(256, out DmaMemory foreign));
        Assert.False(pool.TryFree(foreign));
        Assert.False(pool.TryFree(default));
        Assert.False(pool.TryFree(memory.Part(128, 128)));
        Assert.False(pool.TryFree(memory.Part(0, 128)));
        Assert.False(pool.TryFree(new DmaMemory(memory.Start, memory.Address, 257)));
        Assert.False(pool.TryFree(new DmaMemory(memory.Start, memory.Address + 128, 256)));
        Assert.False(pool.TryFree(new DmaMemory(memory.Start + 1, memory.Address + 1, 256)));
        Assert.False(pool.TryFree(new DmaMemory(memory.Start, memory.Address, uint.MaxValue)));
        Assert.True(pool.TryFree(memory));
        Assert.False(pool.TryFree(memory));
        Assert.Equal(0UL, pool.UsedBytes);
    }

    [Fact]
    public void A_pool_grows_and_a_length_that_is_not_allowed_is_no_reason_to()
    {
        using FakePool pool = new(4096, regions: 3);
        Assert.False(pool.TryAllocate(0, out _));
        Assert.False(pool.TryAllocate(DmaPool.LargestBytes + 1, out _));
        Assert.False(pool.TryAllocate(uint.MaxValue, out _));
        Assert.Equal(0, pool.Grown);
        Assert.True(pool.TryAllocate(4096, out DmaMemory one));
        Assert.True(pool.TryAllocate(4096, out DmaMemory other));
        Assert.True(pool.TryAllocate(4096, out _));
        Assert.False(pool.TryAllocate(1, out _));
        Assert.True(pool.TryFree(other) && pool.TryFree(one));
        Assert.True(pool.TryAllocate(4096, out _));
        Assert.Equal(3, pool.Grown);
    }

    [Fact]
    public void A_stretch_that_no_region_can_hold_is_refused()
    {
        using FakePool pool = new(4096, regions: 2);
        Assert.False(pool.TryAllocate(8192, out _));
        Assert.True(pool.TryAllocate(4096, out _));
    }

    [Fact]
    public void Stretches_in_use_never_overlap_and_all_memory_comes_back_as_one()
    {
        Gen<uint[]> sizes = Gen.ArrayOf(Gen.Choose(1, 3000).Select(bytes => (uint)bytes), 60);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Arb.From(sizes), Arb.From(Gen.Choose(0, 1_000_000)), Play));

        static void Play(uint[] sizes, int seed)
        {
            using FakePool pool = new(16384);
            Random random = new(seed);
            List<(DmaMemory Memory, byte Mark)> taken = [];
            foreach (uint bytes in sizes)
            {
                if (pool.TryAllocate(bytes, out DmaMemory memory))
                {
                    byte mark = (byte)random.Next(1, 256);
                    memory.Span.Fill(mark);
                    taken.Add((memory, mark));
                }

                if (taken.Count > 0 && random.Next(2) == 0)
                {
                    Free(taken[random.Next(taken.Count)]);
                }
            }

            while (taken.Count > 0)
            {
                Free(taken[random.Next(taken.Count)]);
            }

            Assert.True(pool.TryAllocate(16384, out _));

            void Free((DmaMemory Memory, byte Mark) stretch)
            {
                Assert.Equal(-1, stretch.Memory.Span.IndexOfAnyExcept(stretch.Mark));
                Assert.True(pool.TryFree(stretch.Memory));
                taken.Remove(taken.First(each => each.Memory.Start == stretch.Memory.Start));
            }
        }
    }
}

using System;
using System.Linq;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;
using Xunit;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What MPICH's coll programs check, of operations that combine: all operations and types, orders, repeatability.</summary>
public sealed unsafe class ReductionTests
{
    private const MpiComm World = MpiComm.World;
    private static readonly int[] s_counts = [0, 1, 7, 60, 500, 6007];

    public static TheoryData<int> Sizes => TestWorld.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_operation_combines_every_type_that_it_is_for(int ranks) => TestWorld.Run(ranks, rank =>
    {
        Integers<sbyte>(rank, MpiDatatype.Int8, v => (sbyte)v);
        Integers<byte>(rank, MpiDatatype.UInt8, v => (byte)v);
        Integers<short>(rank, MpiDatatype.Short, v => (short)v);
        Integers<ushort>(rank, MpiDatatype.UnsignedShort, v => (ushort)v);
        Integers<int>(rank, MpiDatatype.Int, v => (int)v);
        Integers<uint>(rank, MpiDatatype.Unsigned, v => (uint)v);
        Integers<long>(rank, MpiDatatype.Long, v => v);
        Integers<ulong>(rank, MpiDatatype.UnsignedLong, v => (ulong)v);
        Numbers<float>(rank, MpiDatatype.Float, v => v);
        Numbers<double>(rank, MpiDatatype.Double, v => v);
        rank.Expect(MpiError.Op, Combine<float>(rank, MpiDatatype.Float, MpiOp.BitwiseAnd, _ => 1, out _));
        rank.Expect(MpiError.Op, Combine<byte>(rank, MpiDatatype.Byte, MpiOp.Sum, _ => 1, out _));
        rank.Expect(MpiError.Op, Combine<int>(rank, MpiDatatype.Int, MpiOp.MinLoc, _ => 1, out _));
        rank.Expect(MpiError.Op, Combine<int>(rank, MpiDatatype.Int, MpiOp.Null, _ => 1, out _));
        rank.Expect(MpiError.Op, Combine<int>(rank, MpiDatatype.Int, MpiOp.Replace, _ => 1, out _));
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_smallest_and_the_largest_are_found_with_their_place(int ranks) => TestWorld.Run(ranks, rank =>
    {
        const int Count = 9;
        double* pairs = rank.New<double>(2 * Count);
        double* found = rank.New<double>(2 * Count);
        for (int i = 0; i < Count; i++)
        {
            // The last elements are equal everywhere: of equal ones the smaller place is told.
            pairs[2 * i] = i < 6 ? (rank.Id + i) % rank.Size : 3.5;
            ((int*)pairs)[(4 * i) + 2] = rank.Id;
        }

        foreach (MpiOp op in (MpiOp[])[MpiOp.MinLoc, MpiOp.MaxLoc])
        {
            rank.Ok(rank.Mpi.Allreduce((byte*)pairs, (byte*)found, Count, MpiDatatype.DoubleInt, op, World));
            for (int i = 0; i < Count; i++)
            {
                int best = op == MpiOp.MinLoc ? 0 : rank.Size - 1;
                rank.Equal(i < 6 ? best : 3.5, found[2 * i]);
                rank.Equal(i < 6 ? (best - i + (6 * rank.Size)) % rank.Size : 0, ((int*)found)[(4 * i) + 2]);
            }
        }

        int* two = (int*)rank.Bytes(2, i => i == 0 ? -rank.Id : rank.Id);
        int* result = rank.New<int>(2);
        rank.Ok(rank.Mpi.Reduce((byte*)two, (byte*)result, 1, MpiDatatype.TwoInt, MpiOp.MinLoc, 0, World));
        rank.Equal(true, rank.Id != 0 || (result[0] == 1 - rank.Size && result[1] == rank.Size - 1));
    });

    [Fact]
    public void The_smallest_and_the_largest_are_found_in_pairs_of_every_type() => TestWorld.Run(1, rank =>
    {
        Pairs<float, int>(rank, MpiDatatype.FloatInt, 4, v => v, v => v);
        Pairs<double, int>(rank, MpiDatatype.DoubleInt, 8, v => v, v => v);
        Pairs<long, int>(rank, MpiDatatype.LongInt, 8, v => v, v => v);
        Pairs<int, int>(rank, MpiDatatype.TwoInt, 4, v => v, v => v);
        Pairs<int, int>(rank, MpiDatatype.TwoInteger, 4, v => v, v => v);
        Pairs<short, int>(rank, MpiDatatype.ShortInt, 4, v => (short)v, v => v);
        Pairs<float, float>(rank, MpiDatatype.TwoReal, 4, v => v, v => v);
        Pairs<double, double>(rank, MpiDatatype.TwoDoublePrecision, 8, v => v, v => v);
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_reduction_keeps_the_order_of_the_ranks_for_an_operation_that_needs_it(int ranks) => TestWorld.Run(ranks, rank =>
    {
        // 2x2 matrices: their product depends on the order.
        MpiOp op;
        MpiDatatype matrix;
        rank.Ok(rank.Mpi.OpCreate(&Multiply, false, &op));
        rank.Ok(rank.Mpi.TypeContiguous(4, MpiDatatype.Long, &matrix));
        rank.Ok(rank.Mpi.TypeCommit(&matrix));
        foreach (int count in (int[])[1, 3, 40])
        {
            for (int root = 0; root < rank.Size; root++)
            {
                byte* own = Matrices(rank, count, rank.Id);
                byte* got = rank.New<byte>(32 * count);
                rank.Ok(rank.Mpi.Reduce(own, got, count, matrix, op, root, World));
                CheckProduct(rank, rank.Id == root ? got : Product(rank, count, 0, rank.Size), count, 0, rank.Size);
                rank.Ok(rank.Mpi.Allreduce(own, got, count, matrix, op, World));
                CheckProduct(rank, got, count, 0, rank.Size);
                rank.Ok(rank.Mpi.Scan(own, got, count, matrix, op, World));
                CheckProduct(rank, got, count, 0, rank.Id + 1);
                rank.Ok(rank.Mpi.Exscan(own, got, count, matrix, op, World));
                CheckProduct(rank, rank.Id > 0 ? got : Product(rank, count, 0, 0), count, 0, rank.Id);
            }
        }

        int all = 2 * rank.Size;
        byte* each = Matrices(rank, all, rank.Id);
        byte* part = rank.New<byte>(64);
        rank.Ok(rank.Mpi.ReduceScatterBlock(each, part, 2, matrix, op, World));
        byte* whole = Product(rank, all, 0, rank.Size);
        rank.Equal(true, new Span<byte>(part, 64).SequenceEqual(new Span<byte>(whole + (64 * rank.Id), 64)));
        rank.Ok(rank.Mpi.OpFree(&op));
        rank.Ok(rank.Mpi.TypeFree(&matrix));
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_are_right_at_every_length_blocking_and_not_in_place_and_not(int ranks) => TestWorld.Run(ranks, rank =>
    {
        MpiRequest request;
        foreach (int count in s_counts)
        {
            long Total(int i) => ((long)rank.Size * i) + (rank.Size * (rank.Size - 1) / 2);
            long Before(int i, int others) => ((long)others * i) + (others * (others - 1) / 2);
            byte* own = rank.Bytes(count, i => (long)i + rank.Id);
            byte* got = rank.Bytes(count, _ => -1L);
            rank.Ok(rank.Mpi.Allreduce(own, got, count, MpiDatatype.Long, MpiOp.Sum, World));
            Check(rank, got, count, Total);
            byte* place = rank.Bytes(count, i => (long)i + rank.Id);
            rank.Ok(rank.Mpi.Iallreduce(MpiConstants.InPlace, place, count, MpiDatatype.Long, MpiOp.Sum, World, &request));
            rank.Ok(rank.Mpi.Wait(&request, null));
            Check(rank, place, count, Total);
            int root = rank.Size / 2;
            place = rank.Bytes(count, i => (long)i + rank.Id);
            rank.Ok(rank.Mpi.Ireduce(
                rank.Id == root ? MpiConstants.InPlace : place, place, count, MpiDatatype.Long, MpiOp.Sum, root, World, &request));
            rank.Ok(rank.Mpi.Wait(&request, null));
            Check(rank, place, count, i => rank.Id == root ? Total(i) : i + rank.Id);
            rank.Ok(rank.Mpi.Iscan(own, got, count, MpiDatatype.Long, MpiOp.Sum, World, &request));
            rank.Ok(rank.Mpi.Wait(&request, null));
            Check(rank, got, count, i => Before(i, rank.Id + 1));
            got = rank.Bytes(count, _ => -1L);
            rank.Ok(rank.Mpi.Iexscan(own, got, count, MpiDatatype.Long, MpiOp.Sum, World, &request));
            rank.Ok(rank.Mpi.Wait(&request, null));
            Check(rank, got, count, i => rank.Id == 0 ? -1 : Before(i, rank.Id));
            int* counts = (int*)rank.Bytes(rank.Size, r => r == 0 ? count : r % 3);
            int all = counts[0];
            int start = 0;
            for (int r = 1; r < rank.Size; r++)
            {
                start = r == rank.Id ? all : start;
                all += counts[r];
            }

            byte* wide = rank.Bytes(all, i => (long)i + rank.Id);
            rank.Ok(rank.Mpi.ReduceScatter(wide, got = rank.New<byte>(8 * all), counts, MpiDatatype.Long, MpiOp.Sum, World));
            Check(rank, got, counts[rank.Id], i => Total(i + start));
            rank.Ok(rank.Mpi.IreduceScatter(MpiConstants.InPlace, wide, counts, MpiDatatype.Long, MpiOp.Sum, World, &request));
            rank.Ok(rank.Mpi.Wait(&request, null));
            Check(rank, wide, counts[rank.Id], i => Total(i + start));
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Sums_of_floating_point_numbers_repeat_bit_by_bit_and_are_the_same_on_all_ranks(int ranks)
    {
        foreach (int count in (int[])[1, 100, 5003])
        {
            byte[][] results = new byte[ranks][];
            byte[]? first = null;
            for (int pass = 0; pass < 2; pass++)
            {
                TestWorld.Run(ranks, rank =>
                {
                    Random random = new(rank.Id);
                    byte* own = rank.Bytes(count, _ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9)));
                    byte* sums = rank.New<byte>(8 * count);
                    System.Threading.Thread.Sleep(random.Next(3));
                    rank.Ok(rank.Mpi.Allreduce(own, sums, count, MpiDatatype.Double, MpiOp.Sum, World));
                    results[rank.Id] = new Span<byte>(sums, 8 * count).ToArray();
                });
                first ??= results[0];
                Assert.All(results, result => Assert.Equal(first, result));
            }
        }
    }

    [Fact]
    public void A_reduction_between_two_buffers_of_one_rank() => TestWorld.Run(1, rank =>
    {
        byte* left = rank.Bytes(5, i => i);
        byte* right = rank.Bytes(5, i => 10 * i);
        rank.Ok(rank.Mpi.ReduceLocal(left, right, 5, MpiDatatype.Int, MpiOp.Sum));
        rank.Equal(44, ((int*)right)[4]);
    });

    private static void Integers<T>(Rank rank, MpiDatatype type, Func<long, T> of)
        where T : unmanaged
    {
        Numbers(rank, type, of);
        long Fold(Func<long, long, long> op, Func<int, long> value) => Enumerable.Range(0, rank.Size).Select(value).Aggregate(op);
        long Value(int r) => 0x55 ^ (r * 3);
        Same(rank, type, MpiOp.BitwiseAnd, r => of(Value(r)), of(Fold((a, b) => a & b, Value)));
        Same(rank, type, MpiOp.BitwiseOr, r => of(Value(r)), of(Fold((a, b) => a | b, Value)));
        Same(rank, type, MpiOp.BitwiseXor, r => of(Value(r)), of(Fold((a, b) => a ^ b, Value)));
        if (rank.Size > 1)
        {
            // One rank's elements are combined with none, and stay as they are.
            Same(rank, type, MpiOp.LogicalAnd, r => of(r == 1 ? 0 : 2), of(0));
            Same(rank, type, MpiOp.LogicalAnd, r => of(2), of(1));
            Same(rank, type, MpiOp.LogicalOr, r => of(r == 1 ? 2 : 0), of(1));
            Same(rank, type, MpiOp.LogicalXor, r => of(2), of(rank.Size % 2));
        }
    }

    private static void Numbers<T>(Rank rank, MpiDatatype type, Func<long, T> of)
        where T : unmanaged
    {
        int n = rank.Size;
        Same(rank, type, MpiOp.Sum, r => of(r + 1), of(n * (n + 1) / 2));
        Same(rank, type, MpiOp.Prod, r => of(r % 2 == 0 ? 2 : 1), of(1L << ((n + 1) / 2)));
        Same(rank, type, MpiOp.Min, r => of(100 - r), of(101 - n));
        Same(rank, type, MpiOp.Max, r => of(100 - r), of(100));
    }

    private static void Same<T>(Rank rank, MpiDatatype type, MpiOp op, Func<int, T> value, T expected)
        where T : unmanaged
    {
        rank.Ok(Combine(rank, type, op, value, out T result));
        rank.Equal(expected, result, $"{op} of {type}");
    }

    private static MpiError Combine<T>(Rank rank, MpiDatatype type, MpiOp op, Func<int, T> value, out T result)
        where T : unmanaged
    {
        // Three elements: more than a word, and a rest.
        byte* own = rank.Bytes(3, _ => value(rank.Id));
        T* results = rank.New<T>(3);
        MpiError error = rank.Mpi.Allreduce(own, (byte*)results, 3, type, op, World);
        result = results[2];
        return error;
    }

    private static void Check(Rank rank, byte* data, int count, Func<int, long> expected)
    {
        for (int i = 0; i < count; i++)
        {
            rank.Equal(expected(i), ((long*)data)[i], $"element {i} of {count}");
        }
    }

    private static byte* Matrices(Rank rank, int count, int r) =>
        rank.Bytes(4 * count, i => (i % 4) switch { 0 => 1L + (r % 2), 1 => r + (i / 4), 2 => 1L, _ => 1L });

    private static byte* Product(Rank rank, int count, int from, int to)
    {
        byte* product = rank.Bytes(4 * count, i => i % 4 is 0 or 3 ? 1L : 0L);
        int one = count;
        for (int r = to - 1; r >= from; r--)
        {
            MpiDatatype type = MpiDatatype.Null;
            Multiply(Matrices(rank, count, r), product, &one, &type);
        }

        return product;
    }

    private static void CheckProduct(Rank rank, byte* got, int count, int from, int to) => rank.Equal(
        true, new Span<byte>(got, 32 * count).SequenceEqual(new Span<byte>(Product(rank, count, from, to), 32 * count)));

    private static void Multiply(byte* left, byte* right, int* count, MpiDatatype* type)
    {
        long* a = (long*)left;
        long* b = (long*)right;
        for (int i = 0; i < *count; i++, a += 4, b += 4)
        {
            long b0 = (a[0] * b[0]) + (a[1] * b[2]);
            long b1 = (a[0] * b[1]) + (a[1] * b[3]);
            long b2 = (a[2] * b[0]) + (a[3] * b[2]);
            b[3] = (a[2] * b[1]) + (a[3] * b[3]);
            b[0] = b0;
            b[1] = b1;
            b[2] = b2;
        }
    }

    /// <summary>Three pairs on each side: the left is better, the right is better, both are equal with the smaller place on the left.</summary>
    private static void Pairs<TValue, TPlace>(
        Rank rank, MpiDatatype type, int placeOffset, Func<int, TValue> value, Func<int, TPlace> place)
        where TValue : unmanaged, IEquatable<TValue>
        where TPlace : unmanaged, IEquatable<TPlace>
    {
        int bytes = 2 * placeOffset;
        (int Value, int Place)[] left = [(-5, 8), (7, 9), (3, 1)];
        (int Value, int Place)[] right = [(2, 4), (6, 5), (3, 2)];
        foreach (MpiOp op in (MpiOp[])[MpiOp.MinLoc, MpiOp.MaxLoc])
        {
            byte* from = Fill(left);
            byte* into = Fill(right);
            rank.Ok(rank.Mpi.ReduceLocal(from, into, 3, type, op));
            (int Value, int Place)[] best = op == MpiOp.MinLoc ? [(-5, 8), (6, 5), (3, 1)] : [(2, 4), (7, 9), (3, 1)];
            for (int i = 0; i < best.Length; i++)
            {
                rank.Equal(value(best[i].Value), *(TValue*)(into + (i * bytes)));
                rank.Equal(place(best[i].Place), *(TPlace*)(into + (i * bytes) + placeOffset));
            }
        }

        byte* Fill((int Value, int Place)[] pairs)
        {
            byte* memory = rank.New<byte>(pairs.Length * bytes);
            for (int i = 0; i < pairs.Length; i++)
            {
                *(TValue*)(memory + (i * bytes)) = value(pairs[i].Value);
                *(TPlace*)(memory + (i * bytes) + placeOffset) = place(pairs[i].Place);
            }

            return memory;
        }
    }
}

using System;
using System.Collections.Generic;
using ToroCosmos.Mpi.Spec;
using Xunit;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What MPICH's datatype programs check: layouts, bounds, messages and rows of derived types.</summary>
public sealed unsafe class DatatypeTests
{
    private const MpiComm World = MpiComm.World;

    [Fact]
    public void Layouts_have_the_size_and_the_bounds_of_the_standard() => TestWorld.Run(1, rank =>
    {
        MpiDatatype type;
        rank.Ok(rank.Mpi.TypeVector(3, 2, 5, MpiDatatype.Int, &type));
        CheckShape(rank, type, 24, 0, 48, 0, 48);
        rank.Ok(rank.Mpi.TypeFree(&type));
        rank.Ok(rank.Mpi.TypeVector(2, 1, -3, MpiDatatype.Double, &type));
        CheckShape(rank, type, 16, -24, 32, -24, 32);
        rank.Ok(rank.Mpi.TypeFree(&type));
        int* lengths = (int*)rank.Bytes(3, i => i + 1);
        int* places = (int*)rank.Bytes(3, i => 10 - (4 * i));
        rank.Ok(rank.Mpi.TypeIndexed(3, lengths, places, MpiDatatype.Short, &type));
        CheckShape(rank, type, 12, 4, 18, 4, 18);
        rank.Ok(rank.Mpi.TypeFree(&type));
        int* blocks = (int*)rank.Bytes(2, _ => 1);
        nint* offsets = (nint*)rank.Bytes(2, i => (nint)(8 * i));
        MpiDatatype* types = (MpiDatatype*)rank.Bytes(2, i => i == 0 ? MpiDatatype.Double : MpiDatatype.Char);
        rank.Ok(rank.Mpi.TypeCreateStruct(2, blocks, offsets, types, &type));
        CheckShape(rank, type, 9, 0, 16, 0, 9);
        MpiDatatype resized;
        rank.Ok(rank.Mpi.TypeCreateResized(type, -4, 40, &resized));
        CheckShape(rank, resized, 9, -4, 40, 0, 9);
        rank.Ok(rank.Mpi.TypeFree(&type));
        MpiDatatype copy;
        rank.Ok(rank.Mpi.TypeDup(resized, &copy));
        rank.Ok(rank.Mpi.TypeFree(&resized));
        CheckShape(rank, copy, 9, -4, 40, 0, 9);
        rank.Ok(rank.Mpi.TypeFree(&copy));
        rank.Ok(rank.Mpi.TypeContiguous(0, MpiDatatype.Int, &type));
        CheckShape(rank, type, 0, 0, 0, 0, 0);
        rank.Ok(rank.Mpi.TypeFree(&type));
        CheckShape(rank, MpiDatatype.DoubleInt, 12, 0, 16, 0, 12);
        CheckShape(rank, MpiDatatype.ShortInt, 6, 0, 8, 0, 8);
    });

    [Theory]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(8, false)]
    public void A_column_of_a_matrix_becomes_a_row_and_back_at_every_length(int ranks, bool isLent) => TestWorld.Run(
        ranks,
        rank =>
        {
            foreach (int n in (int[])[1, 4, 30, 200])
            {
                MpiDatatype column;
                rank.Ok(rank.Mpi.TypeVector(n, 1, n, MpiDatatype.Int, &column));
                MpiDatatype whole;
                rank.Ok(rank.Mpi.TypeCreateResized(column, 0, sizeof(int), &whole));
                rank.Ok(rank.Mpi.TypeFree(&column));
                rank.Ok(rank.Mpi.TypeCommit(&whole));
                byte* matrix = rank.Bytes(n * n, i => (rank.Id * 1_000_000) + i);
                byte* turned = rank.New<byte>(4 * n * n);

                // All columns, one after the other, make the transposed matrix.
                rank.Ok(rank.Mpi.Sendrecv(
                    matrix, n, whole, rank.Next, 0, turned, n * n, MpiDatatype.Int, rank.Previous, 0, World, null));
                Check(rank, turned, n, rank.Previous, true);
                byte* back = rank.New<byte>(4 * n * n);
                rank.Ok(rank.Mpi.Sendrecv(
                    turned, n * n, MpiDatatype.Int, rank.Previous, 0, back, n, whole, rank.Next, 0, World, null));
                Check(rank, back, n, rank.Id, false);
                byte* both = rank.New<byte>(4 * n * n);
                rank.Ok(rank.Mpi.Sendrecv(matrix, n, whole, rank.Next, 0, both, n, whole, rank.Previous, 0, World, null));
                Check(rank, both, n, rank.Previous, false);
                rank.Ok(rank.Mpi.Sendrecv(matrix, n, whole, rank.Id, 0, both, n, whole, rank.Id, 0, World, null));
                Check(rank, both, n, rank.Id, false);
                rank.Ok(rank.Mpi.TypeFree(&whole));
            }
        },
        isLent: isLent);

    [Fact]
    public void Random_types_pack_and_unpack_as_their_type_map_says() => TestWorld.Run(1, rank =>
    {
        Random random = new(15);
        for (int pass = 0; pass < 300; pass++)
        {
            List<int> map = [];
            MpiDatatype type = Make(rank, random, 3, map, out int extent);
            rank.Ok(rank.Mpi.TypeCommit(&type));
            int count = random.Next(1, 4);
            int size;
            rank.Ok(rank.Mpi.TypeSize(type, &size));
            rank.Equal(map.Count, size);
            const int Room = 100_000;
            byte* memory = rank.Bytes(2 * Room, i => (byte)(i * 31));
            byte* row = rank.New<byte>((count * size) + 1);
            int position = 0;
            rank.Ok(rank.Mpi.Pack(memory + Room, count, type, row, (count * size) + 1, &position, World));
            rank.Equal(count * size, position);
            byte* other = rank.New<byte>(2 * Room);
            position = 0;
            rank.Ok(rank.Mpi.Unpack(row, (count * size) + 1, &position, other + Room, count, type, World));
            for (int i = 0; i < count; i++)
            {
                for (int at = 0; at < map.Count; at++)
                {
                    int place = Room + (i * extent) + map[at];
                    rank.Equal(memory[place], row[(i * size) + at]);
                    rank.Equal(memory[place], other[place]);
                }
            }

            rank.Ok(rank.Mpi.TypeFree(&type));
            rank.Dispose();
        }
    });

    [Fact]
    public void A_part_of_an_array_is_a_type() => TestWorld.Run(1, rank =>
    {
        int* sizes = (int*)rank.Bytes(3, i => 4 + i);
        int* parts = (int*)rank.Bytes(3, i => i == 1 ? 3 : 2);
        int* starts = (int*)rank.Bytes(3, i => 1 + i);
        byte* array = rank.Bytes(120, i => i);
        foreach (bool isFortran in (bool[])[false, true])
        {
            MpiDatatype type;
            rank.Ok(rank.Mpi.TypeCreateSubarray(3, sizes, parts, starts, isFortran, MpiDatatype.Int, &type));
            rank.Ok(rank.Mpi.TypeCommit(&type));
            int* row = rank.New<int>(12);
            int position = 0;
            rank.Ok(rank.Mpi.Pack(array, 1, type, (byte*)row, 48, &position, World));
            int next = 0;
            for (int a = 0; a < parts[isFortran ? 2 : 0]; a++)
            {
                for (int b = 0; b < 3; b++)
                {
                    for (int c = 0; c < parts[isFortran ? 0 : 2]; c++)
                    {
                        int expected = isFortran
                            ? ((a + 3) * 20) + ((b + 2) * 4) + c + 1
                            : ((a + 1) * 30) + ((b + 2) * 6) + c + 3;
                        rank.Equal(expected, row[next++]);
                    }
                }
            }

            nint low;
            nint extent;
            rank.Ok(rank.Mpi.TypeGetExtent(type, &low, &extent));
            rank.Equal(480, extent);
            starts[0] = 3;
            MpiDatatype wrong;
            rank.Expect(MpiError.Arg, rank.Mpi.TypeCreateSubarray(3, sizes, parts, starts, isFortran, MpiDatatype.Int, &wrong));
            starts[0] = 1;
            rank.Ok(rank.Mpi.TypeFree(&type));
        }
    });

    [Fact]
    public void A_type_that_is_freed_is_used_up_to_the_end_of_what_is_under_way() => TestWorld.Run(2, rank =>
    {
        MpiDatatype type;
        MpiRequest request;
        rank.Ok(rank.Mpi.TypeVector(100, 1, 2, MpiDatatype.Int, &type));
        rank.Ok(rank.Mpi.TypeCommit(&type));
        byte* got = rank.Bytes(200, _ => -1);
        rank.Ok(rank.Mpi.Irecv(got, 1, type, rank.Next, 0, World, &request));
        MpiRequest collective;
        byte* whole = rank.Bytes(200, _ => rank.Id == 0 ? 8 : -1);
        rank.Ok(rank.Mpi.Ibcast(whole, 1, type, 0, World, &collective));
        rank.Ok(rank.Mpi.TypeFree(&type));
        MpiDatatype other;
        rank.Ok(rank.Mpi.TypeContiguous(3, MpiDatatype.Int, &other));
        rank.Ok(rank.Mpi.Barrier(World));
        byte* sent = rank.Bytes(100, i => i);
        rank.Ok(rank.Mpi.Send(sent, 100, MpiDatatype.Int, rank.Next, 0, World));
        rank.Ok(rank.Mpi.Wait(&request, null));
        rank.Ok(rank.Mpi.Wait(&collective, null));
        for (int i = 0; i < 199; i++)
        {
            rank.Equal(i % 2 == 0 ? i / 2 : -1, ((int*)got)[i]);
            rank.Equal(rank.Id == 0 || i % 2 == 0 ? 8 : -1, ((int*)whole)[i]);
        }

        rank.Ok(rank.Mpi.TypeFree(&other));
    });

    [Fact]
    public void Collective_operations_take_derived_types() => TestWorld.Run(3, rank =>
    {
        MpiDatatype type;
        rank.Ok(rank.Mpi.TypeVector(2, 1, 2, MpiDatatype.Int, &type));
        rank.Ok(rank.Mpi.TypeCommit(&type));
        byte* own = rank.Bytes(3, i => (rank.Id * 10) + i);
        byte* got = rank.Bytes(2 * rank.Size, _ => -1);
        rank.Ok(rank.Mpi.Allgather(own, 1, type, got, 2, MpiDatatype.Int, World));
        for (int r = 0; r < rank.Size; r++)
        {
            rank.Equal(r * 10, ((int*)got)[2 * r]);
            rank.Equal((r * 10) + 2, ((int*)got)[(2 * r) + 1]);
        }

        byte* spread = rank.Bytes(3, _ => -1);
        rank.Ok(rank.Mpi.Scatter(got, 2, MpiDatatype.Int, spread, 1, type, 0, World));
        rank.Equal(rank.Id * 10, ((int*)spread)[0]);
        rank.Equal(-1, ((int*)spread)[1]);
        rank.Equal((rank.Id * 10) + 2, ((int*)spread)[2]);
        rank.Ok(rank.Mpi.TypeFree(&type));
    });

    [Fact]
    public void A_status_tells_elements_of_basic_types() => TestWorld.Run(1, rank =>
    {
        MpiDatatype pair;
        rank.Ok(rank.Mpi.TypeContiguous(2, MpiDatatype.Int, &pair));
        rank.Ok(rank.Mpi.TypeCommit(&pair));
        MpiRequest request;
        MpiStatus status;
        int count;
        int* three = rank.New<int>(4);
        rank.Ok(rank.Mpi.Irecv((byte*)three, 2, pair, 0, 0, World, &request));
        rank.Ok(rank.Mpi.Send(rank.Bytes(3, i => i), 3, MpiDatatype.Int, 0, 0, World));
        rank.Ok(rank.Mpi.Wait(&request, &status));
        rank.Ok(rank.Mpi.GetCount(&status, pair, &count));
        rank.Equal(MpiConstants.Undefined, count);
        rank.Ok(rank.Mpi.GetElements(&status, pair, &count));
        rank.Equal(3, count);
        rank.Ok(rank.Mpi.GetCount(&status, MpiDatatype.Int, &count));
        rank.Equal(3, count);
        rank.Ok(rank.Mpi.TypeFree(&pair));
    });

    /// <summary>A random type, and where each byte of its data lies.</summary>
    private static MpiDatatype Make(Rank rank, Random random, int depth, List<int> map, out int extent)
    {
        MpiDatatype made;
        if (depth == 0)
        {
            (made, extent) = random.Next(3) switch
            {
                0 => (MpiDatatype.Char, 1),
                1 => (MpiDatatype.Int, 4),
                _ => (MpiDatatype.Double, 8),
            };
            for (int i = 0; i < extent; i++)
            {
                map.Add(i);
            }

            return made;
        }

        List<int> inner = [];
        MpiDatatype old = Make(rank, random, depth - 1, inner, out int step);
        int count = random.Next(1, 4);
        int* lengths = (int*)rank.Bytes(count, _ => random.Next(0, 4));
        int* places = (int*)rank.Bytes(count, i => (i * 7) + random.Next(3));
        nint* offsets = (nint*)rank.Bytes(count, i => (nint)((i * 9 * step) + (8 * random.Next(3))));
        int stride = random.Next(3, 6);
        int kind = random.Next(5);
        for (int block = 0; block < count; block++)
        {
            int length = kind switch { 0 => 1, 1 => 2, _ => lengths[block] };
            int start = kind switch
            {
                0 => block * step,
                1 => block * stride * step,
                2 => places[block] * step,
                _ => (int)offsets[block],
            };
            for (int i = 0; i < length; i++)
            {
                foreach (int at in inner)
                {
                    map.Add(start + (i * step) + at);
                }
            }
        }

        MpiDatatype* types = rank.New<MpiDatatype>(count);
        new Span<MpiDatatype>(types, count).Fill(old);
        rank.Ok(kind switch
        {
            0 => rank.Mpi.TypeContiguous(count, old, &made),
            1 => rank.Mpi.TypeVector(count, 2, stride, old, &made),
            2 => rank.Mpi.TypeIndexed(count, lengths, places, old, &made),
            3 => rank.Mpi.TypeCreateHindexed(count, lengths, offsets, old, &made),
            _ => rank.Mpi.TypeCreateStruct(count, lengths, offsets, types, &made),
        });
        if (depth > 1)
        {
            rank.Ok(rank.Mpi.TypeFree(&old));
        }

        nint low;
        nint full;
        rank.Ok(rank.Mpi.TypeGetExtent(made, &low, &full));
        extent = (int)full;
        return made;
    }

    private static void CheckShape(
        Rank rank, MpiDatatype type, int size, nint lower, nint extent, nint trueLower, nint trueExtent)
    {
        int got;
        nint low;
        nint wide;
        rank.Ok(rank.Mpi.TypeSize(type, &got));
        rank.Equal(size, got);
        rank.Ok(rank.Mpi.TypeGetExtent(type, &low, &wide));
        rank.Equal((lower, extent), (low, wide));
        rank.Ok(rank.Mpi.TypeGetTrueExtent(type, &low, &wide));
        rank.Equal((trueLower, trueExtent), (low, wide));
    }

    private static void Check(Rank rank, byte* matrix, int n, int from, bool isTurned)
    {
        for (int i = 0; i < n * n; i++)
        {
            int place = isTurned ? ((i % n) * n) + (i / n) : i;
            rank.Equal((from * 1_000_000) + place, ((int*)matrix)[i]);
        }
    }
}

using System;
using System.Linq;
using ToroCosmos.Mpi.Spec;
using Xunit;
using static ToroCosmos.Mpi.Spec.MpiConstants;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What MPICH's comm, group, topo and attr programs check.</summary>
public sealed unsafe class CommunicatorTests
{
    private const MpiComm World = MpiComm.World;

    [ThreadStatic]
    private static int s_deleted;

    public static TheoryData<int> Sizes => TestWorld.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_split_orders_by_key_and_leaves_out_who_has_no_colour(int ranks) => TestWorld.Run(ranks, rank =>
    {
        MpiComm half;
        bool isOut = rank.Id == rank.Size - 1 && rank.Size > 2;
        rank.Ok(rank.Mpi.CommSplit(World, isOut ? Undefined : rank.Id % 2, -rank.Id, &half));
        rank.Equal(isOut, half == MpiComm.Null);
        if (isOut)
        {
            return;
        }

        int[] members = [.. Enumerable.Range(0, rank.Size > 2 ? rank.Size - 1 : rank.Size)
            .Where(r => r % 2 == rank.Id % 2).OrderByDescending(r => r)];
        int size;
        int own;
        rank.Ok(rank.Mpi.CommSize(half, &size));
        rank.Ok(rank.Mpi.CommRank(half, &own));
        rank.Equal(members.Length, size);
        rank.Equal(rank.Id, members[own]);
        int sum = rank.Id;
        rank.Ok(rank.Mpi.Allreduce(InPlace, (byte*)&sum, 1, MpiDatatype.Int, MpiOp.Sum, half));
        rank.Equal(members.Sum(), sum);
        MpiComparison comparison;
        rank.Ok(rank.Mpi.CommCompare(World, half, &comparison));
        rank.Equal(members.Length != rank.Size ? MpiComparison.Unequal : members.Length > 1 ? MpiComparison.Similar : MpiComparison.Congruent, comparison);
        rank.Ok(rank.Mpi.CommFree(&half));
        rank.Equal(MpiComm.Null, half);
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Communicators_come_and_go_many_times_more_often_than_there_are_places(int ranks) => TestWorld.Run(ranks, rank =>
    {
        for (int i = 0; i < 80; i++)
        {
            MpiComm copy;
            MpiComm part;
            rank.Ok(rank.Mpi.CommDup(World, &copy));
            rank.Ok(rank.Mpi.CommSplit(copy, rank.Id / 2, 0, &part));
            MpiComparison comparison;
            rank.Ok(rank.Mpi.CommCompare(World, copy, &comparison));
            rank.Equal(MpiComparison.Congruent, comparison);
            rank.Ok(rank.Mpi.Barrier(part));
            rank.Ok(rank.Mpi.CommFree(&part));
            rank.Ok(rank.Mpi.CommFree(&copy));
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_communicator_is_made_of_a_group(int ranks) => TestWorld.Run(ranks, rank =>
    {
        MpiGroup all;
        MpiGroup even;
        MpiGroup odd;
        rank.Ok(rank.Mpi.CommGroup(World, &all));
        int* range = (int*)rank.Bytes(3, i => i == 1 ? rank.Size - 1 : i);
        rank.Ok(rank.Mpi.GroupRangeIncl(all, 1, range, &even));
        rank.Ok(rank.Mpi.GroupDifference(all, even, &odd));
        int size;
        rank.Ok(rank.Mpi.GroupSize(even, &size));
        rank.Equal((rank.Size + 1) / 2, size);
        int own;
        rank.Ok(rank.Mpi.GroupRank(even, &own));
        rank.Equal(rank.Id % 2 == 0 ? rank.Id / 2 : Undefined, own);
        MpiComm made;
        rank.Ok(rank.Mpi.CommCreate(World, even, &made));
        rank.Equal(rank.Id % 2 == 0, made != MpiComm.Null);
        if (made != MpiComm.Null)
        {
            int sum = 1;
            rank.Ok(rank.Mpi.Allreduce(InPlace, (byte*)&sum, 1, MpiDatatype.Int, MpiOp.Sum, made));
            rank.Equal(size, sum);
            rank.Ok(rank.Mpi.CommFree(&made));
        }

        MpiGroup both;
        MpiGroup none;
        MpiComparison comparison;
        rank.Ok(rank.Mpi.GroupUnion(odd, even, &both));
        rank.Ok(rank.Mpi.GroupCompare(both, all, &comparison));
        rank.Equal(rank.Size == 1 ? MpiComparison.Ident : MpiComparison.Similar, comparison);
        rank.Ok(rank.Mpi.GroupIntersection(odd, even, &none));
        rank.Equal(MpiGroup.Empty, none);
        int* ranks = (int*)rank.Bytes(rank.Size, i => i);
        int* translated = rank.New<int>(rank.Size);
        rank.Ok(rank.Mpi.GroupTranslateRanks(all, rank.Size, ranks, even, translated));
        for (int i = 0; i < rank.Size; i++)
        {
            rank.Equal(i % 2 == 0 ? i / 2 : Undefined, translated[i]);
        }

        rank.Expect(MpiError.Rank, rank.Mpi.GroupIncl(even, 1, (int*)rank.Bytes(1, _ => rank.Size), &none));
        rank.Ok(rank.Mpi.GroupFree(&all));
        rank.Ok(rank.Mpi.GroupFree(&even));
        rank.Ok(rank.Mpi.GroupFree(&odd));
        rank.Ok(rank.Mpi.GroupFree(&both));
        rank.Expect(MpiError.Group, rank.Mpi.GroupFree(&both));
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_grid_has_neighbours(int ranks) => TestWorld.Run(ranks, rank =>
    {
        int* dims = (int*)rank.Bytes(2, _ => 0);
        int* periods = (int*)rank.Bytes(2, i => i);
        rank.Ok(rank.Mpi.DimsCreate(rank.Size, 2, dims));
        rank.Equal(rank.Size, dims[0] * dims[1]);
        rank.Equal(true, dims[0] >= dims[1]);
        MpiComm grid;
        rank.Ok(rank.Mpi.CartCreate(World, 2, dims, periods, false, &grid));
        int* coords = rank.New<int>(2);
        rank.Ok(rank.Mpi.CartCoords(grid, rank.Id, 2, coords));
        rank.Equal((rank.Id / dims[1], rank.Id % dims[1]), (coords[0], coords[1]));
        int source;
        int dest;
        rank.Ok(rank.Mpi.CartShift(grid, 0, 1, &source, &dest));
        rank.Equal(coords[0] + 1 < dims[0] ? rank.Id + dims[1] : ProcNull, dest);
        rank.Equal(coords[0] > 0 ? rank.Id - dims[1] : ProcNull, source);
        rank.Ok(rank.Mpi.CartShift(grid, 1, 1, &source, &dest));
        int at = coords[1];
        coords[1] = at - 1;
        int left;
        rank.Ok(rank.Mpi.CartRank(grid, coords, &left));
        rank.Equal(left, source);
        int got = -1;
        rank.Ok(rank.Mpi.Sendrecv(
            (byte*)&rank.New<int>(1)[0], 0, MpiDatatype.Int, dest, 0, (byte*)&got, 0, MpiDatatype.Int, source, 0, grid, null));
        int* remain = (int*)rank.Bytes(2, i => i);
        MpiComm row;
        rank.Ok(rank.Mpi.CartSub(grid, remain, &row));
        int size;
        rank.Ok(rank.Mpi.CommSize(row, &size));
        rank.Equal(dims[1], size);
        int count;
        rank.Ok(rank.Mpi.CartdimGet(row, &count));
        rank.Equal(1, count);
        MpiTopology topology;
        rank.Ok(rank.Mpi.TopoTest(row, &topology));
        rank.Equal(MpiTopology.Cart, topology);
        rank.Expect(MpiError.Topology, rank.Mpi.CartdimGet(World, &count));
        dims[0] = rank.Size + 1;
        MpiComm wrong;
        rank.Expect(MpiError.Topology, rank.Mpi.CartCreate(World, 2, dims, periods, false, &wrong));
        rank.Ok(rank.Mpi.CommFree(&row));
        rank.Ok(rank.Mpi.CommFree(&grid));
    });

    [Fact]
    public void Dimensions_are_as_equal_as_can_be() => TestWorld.Run(1, rank =>
    {
        foreach ((int nodes, int[] given, int[] expected) in ((int, int[], int[])[])
            [(6, [0, 0], [3, 2]), (7, [0, 0], [7, 1]), (6, [0, 3, 0], [2, 3, 1]), (24, [0, 0, 0], [4, 3, 2]), (16, [0, 0], [4, 4]), (1, [0, 0, 0], [1, 1, 1])])
        {
            int* dims = (int*)rank.Bytes(given.Length, i => given[i]);
            rank.Ok(rank.Mpi.DimsCreate(nodes, given.Length, dims));
            rank.Equal(string.Join(' ', expected), string.Join(' ', new Span<int>(dims, given.Length).ToArray()));
        }

        int* wrong = (int*)rank.Bytes(2, i => i == 0 ? 4 : 0);
        rank.Expect(MpiError.Dims, rank.Mpi.DimsCreate(6, 2, wrong));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Attributes_are_copied_with_a_communicator_and_deleted_with_it(int ranks) => TestWorld.Run(ranks, rank =>
    {
        int copied;
        int left;
        s_deleted = 0;
        rank.Ok(rank.Mpi.CommCreateKeyval(&CopyTwice, &Delete, &copied, 5));
        rank.Ok(rank.Mpi.CommCreateKeyval(null, &Delete, &left, 0));
        rank.Ok(rank.Mpi.CommSetAttr(World, copied, 21));
        rank.Ok(rank.Mpi.CommSetAttr(World, left, 1));
        MpiComm copy;
        rank.Ok(rank.Mpi.CommDup(World, &copy));
        nint value;
        bool flag;
        rank.Ok(rank.Mpi.CommGetAttr(copy, copied, &value, &flag));
        rank.Equal((true, (nint)47), (flag, value));
        rank.Ok(rank.Mpi.CommGetAttr(copy, left, &value, &flag));
        rank.Equal(false, flag);
        rank.Ok(rank.Mpi.CommFree(&copy));
        rank.Equal(1, s_deleted);
        rank.Ok(rank.Mpi.CommDeleteAttr(World, copied));
        rank.Expect(MpiError.Keyval, rank.Mpi.CommDeleteAttr(World, copied));
        rank.Ok(rank.Mpi.CommDeleteAttr(World, left));
        rank.Equal(3, s_deleted);
        int freed = copied;
        rank.Ok(rank.Mpi.CommFreeKeyval(&copied));
        rank.Expect(MpiError.Keyval, rank.Mpi.CommSetAttr(World, freed, 1));
        rank.Ok(rank.Mpi.CommGetAttr(World, TagUbKeyval, &value, &flag));
        rank.Equal((true, (nint)TagUpperBound), (flag, value));
        rank.Ok(rank.Mpi.CommFreeKeyval(&left));
    });

    private static MpiError CopyTwice(MpiComm comm, int keyval, nint extra, nint value, nint* copy, bool* flag)
    {
        *copy = (2 * value) + extra;
        *flag = true;
        return MpiError.Success;
    }

    private static MpiError Delete(MpiComm comm, int keyval, nint value, nint extra)
    {
        s_deleted++;
        return MpiError.Success;
    }
}

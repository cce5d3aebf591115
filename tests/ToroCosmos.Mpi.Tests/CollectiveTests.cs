using System;
using System.Linq;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;
using Xunit;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What MPICH's coll programs check, of operations that move data. Each runs blocking and with a request.</summary>
public sealed unsafe class CollectiveTests
{
    private const MpiComm World = MpiComm.World;
    private const MpiDatatype Int = MpiDatatype.Int;

    /// <summary>Elements of a block: in one piece, longer, much longer.</summary>
    private static readonly int[] s_counts = [0, 1, 5, 60, 61, 200, 3000];

    public static TheoryData<int> Sizes => TestWorld.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Nobody_leaves_a_barrier_before_all_have_come(int ranks)
    {
        int[] rounds = new int[ranks];
        TestWorld.Run(ranks, rank =>
        {
            for (int round = 1; round <= 30; round++)
            {
                System.Threading.Volatile.Write(ref rounds[rank.Id], round);
                if (round % 2 == 0)
                {
                    rank.Ok(rank.Mpi.Barrier(World));
                }
                else
                {
                    MpiRequest request;
                    rank.Ok(rank.Mpi.Ibarrier(World, &request));
                    rank.Ok(rank.Mpi.Wait(&request, null));
                }

                for (int other = 0; other < rank.Size; other++)
                {
                    rank.Equal(true, System.Threading.Volatile.Read(ref rounds[other]) >= round);
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_broadcast_reaches_all_from_every_root(int ranks) => Both(ranks, (rank, request) =>
    {
        foreach (int count in s_counts)
        {
            for (int root = 0; root < rank.Size; root++)
            {
                byte* data = rank.Bytes(count, i => rank.Id == root ? (root * 1000) + i : -1);
                rank.Ok(request == null
                    ? rank.Mpi.Bcast(data, count, Int, root, World)
                    : rank.Mpi.Ibcast(data, count, Int, root, World, request));
                End(rank, request);
                Check(rank, data, count, i => (root * 1000) + i);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gather_and_scatter_move_a_block_of_each_rank(int ranks) => Both(ranks, (rank, request) =>
    {
        foreach (int count in s_counts)
        {
            int root = count % rank.Size;
            int all = count * rank.Size;
            byte* own = rank.Bytes(count, i => (rank.Id * 10000) + i);
            byte* gathered = rank.Bytes(all, _ => -1);
            byte* send = rank.Id == root && count % 2 == 1 ? InPlace(rank, own, gathered, count) : own;
            rank.Ok(request == null
                ? rank.Mpi.Gather(send, count, Int, gathered, count, Int, root, World)
                : rank.Mpi.Igather(send, count, Int, gathered, count, Int, root, World, request));
            End(rank, request);
            Check(rank, gathered, all, i => rank.Id == root ? (i / count * 10000) + (i % count) : -1);

            byte* back = rank.Bytes(count, _ => -1);
            byte* recv = rank.Id == root && count % 2 == 0 ? MpiConstants.InPlace : back;
            rank.Ok(request == null
                ? rank.Mpi.Scatter(gathered, count, Int, recv, count, Int, root, World)
                : rank.Mpi.Iscatter(gathered, count, Int, recv, count, Int, root, World, request));
            End(rank, request);
            if (recv == back)
            {
                Check(rank, back, count, i => (rank.Id * 10000) + i);
            }
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Blocks_of_different_lengths_lie_where_they_are_said_to(int ranks) => Both(ranks, (rank, request) =>
    {
        // Rank r has r + 1 elements, with a gap of 2 behind each block.
        int root = rank.Size - 1;
        int own = rank.Id + 1;
        int* counts = (int*)rank.Bytes(rank.Size, i => i + 1);
        int* places = (int*)rank.Bytes(rank.Size, i => (i * (i + 1) / 2) + (2 * i));
        int all = places[rank.Size - 1] + rank.Size;
        Func<int, int> expected = at =>
        {
            for (int r = 0; r < rank.Size; r++)
            {
                int begin = (r * (r + 1) / 2) + (2 * r);
                if (at >= begin && at <= begin + r)
                {
                    return (r * 100) + at - begin;
                }
            }

            return -7;
        };
        byte* mine = rank.Bytes(own, i => (rank.Id * 100) + i);
        byte* gathered = rank.Bytes(all, _ => -7);
        rank.Ok(request == null
            ? rank.Mpi.Gatherv(mine, own, Int, gathered, counts, places, Int, root, World)
            : rank.Mpi.Igatherv(mine, own, Int, gathered, counts, places, Int, root, World, request));
        End(rank, request);
        Check(rank, gathered, all, at => rank.Id == root ? expected(at) : -7);

        byte* back = rank.Bytes(own, _ => -1);
        rank.Ok(request == null
            ? rank.Mpi.Scatterv(gathered, counts, places, Int, back, own, Int, root, World)
            : rank.Mpi.Iscatterv(gathered, counts, places, Int, back, own, Int, root, World, request));
        End(rank, request);
        Check(rank, back, own, i => (rank.Id * 100) + i);

        byte* everywhere = rank.Bytes(all, _ => -7);
        rank.Ok(request == null
            ? rank.Mpi.Allgatherv(mine, own, Int, everywhere, counts, places, Int, World)
            : rank.Mpi.Iallgatherv(mine, own, Int, everywhere, counts, places, Int, World, request));
        End(rank, request);
        Check(rank, everywhere, all, expected);
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_gather_the_blocks_of_all(int ranks) => Both(ranks, (rank, request) =>
    {
        foreach (int count in s_counts)
        {
            int all = count * rank.Size;
            byte* own = rank.Bytes(count, i => (rank.Id * 10000) + i);
            byte* gathered = rank.Bytes(all, _ => -1);
            byte* send = count % 2 == 0 ? InPlace(rank, own, gathered, count) : own;
            rank.Ok(request == null
                ? rank.Mpi.Allgather(send, count, Int, gathered, count, Int, World)
                : rank.Mpi.Iallgather(send, count, Int, gathered, count, Int, World, request));
            End(rank, request);
            Check(rank, gathered, all, i => (i / count * 10000) + (i % count));
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_to_all_turns_the_matrix_of_blocks(int ranks) => Both(ranks, (rank, request) =>
    {
        foreach (int count in s_counts)
        {
            int all = count * rank.Size;
            Func<int, int, int, int> element = (from, to, i) => (from * 100000) + (to * 10000) + i;
            byte* data = rank.Bytes(all, i => element(rank.Id, i / count, i % count));
            byte* got = rank.Bytes(all, _ => -1);
            rank.Ok(request == null
                ? rank.Mpi.Alltoall(data, count, Int, got, count, Int, World)
                : rank.Mpi.Ialltoall(data, count, Int, got, count, Int, World, request));
            End(rank, request);
            Check(rank, got, all, i => element(i / count, rank.Id, i % count));
            rank.Ok(request == null
                ? rank.Mpi.Alltoall(MpiConstants.InPlace, 0, Int, data, count, Int, World)
                : rank.Mpi.Ialltoall(MpiConstants.InPlace, 0, Int, data, count, Int, World, request));
            End(rank, request);
            Check(rank, data, all, i => element(i / count, rank.Id, i % count));
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void All_to_all_with_lengths_and_types_of_their_own(int ranks) => Both(ranks, (rank, request) =>
    {
        // From r to s go r + 2 s elements.
        int* sends = (int*)rank.Bytes(rank.Size, to => rank.Id + (2 * to));
        int* recvs = (int*)rank.Bytes(rank.Size, from => from + (2 * rank.Id));
        int* sendPlaces = (int*)rank.Bytes(rank.Size, to => (rank.Id * to) + (to * (to - 1)));
        int* recvPlaces = (int*)rank.Bytes(rank.Size, from => (from * (from - 1) / 2) + (2 * rank.Id * from));
        int sendAll = sendPlaces[rank.Size - 1] + sends[rank.Size - 1];
        int recvAll = recvPlaces[rank.Size - 1] + recvs[rank.Size - 1];
        byte* data = rank.Bytes(sendAll, _ => 0);
        for (int to = 0; to < rank.Size; to++)
        {
            for (int i = 0; i < sends[to]; i++)
            {
                ((int*)data)[sendPlaces[to] + i] = (rank.Id * 1000) + (to * 100) + i;
            }
        }

        byte* got = rank.Bytes(recvAll, _ => -1);
        for (int pass = 0; pass < 2; pass++)
        {
            if (pass == 0)
            {
                rank.Ok(request == null
                    ? rank.Mpi.Alltoallv(data, sends, sendPlaces, Int, got, recvs, recvPlaces, Int, World)
                    : rank.Mpi.Ialltoallv(data, sends, sendPlaces, Int, got, recvs, recvPlaces, Int, World, request));
            }
            else
            {
                MpiDatatype* types = (MpiDatatype*)rank.Bytes(rank.Size, _ => Int);
                int* sendBytes = (int*)rank.Bytes(rank.Size, to => 4 * ((rank.Id * to) + (to * (to - 1))));
                int* recvBytes = (int*)rank.Bytes(rank.Size, from => 4 * ((from * (from - 1) / 2) + (2 * rank.Id * from)));
                new Span<byte>(got, recvAll * 4).Fill(0xFF);
                rank.Ok(request == null
                    ? rank.Mpi.Alltoallw(data, sends, sendBytes, types, got, recvs, recvBytes, types, World)
                    : rank.Mpi.Ialltoallw(data, sends, sendBytes, types, got, recvs, recvBytes, types, World, request));
            }

            End(rank, request);
            for (int from = 0; from < rank.Size; from++)
            {
                for (int i = 0; i < recvs[from]; i++)
                {
                    rank.Equal((from * 1000) + (rank.Id * 100) + i, ((int*)got)[recvPlaces[from] + i]);
                }
            }
        }
    });

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Operations_on_two_communicators_and_messages_run_at_once(int ranks) => TestWorld.Run(ranks, rank =>
    {
        MpiComm other;
        rank.Ok(rank.Mpi.CommDup(World, &other));
        MpiRequest* requests = rank.New<MpiRequest>(6);
        int* sums = rank.New<int>(4);
        int* values = (int*)rank.Bytes(4, i => rank.Id + i);
        int message = -1;
        rank.Ok(rank.Mpi.Irecv((byte*)&message, 1, Int, rank.Previous, 0, World, requests + 4));
        rank.Ok(rank.Mpi.Iallreduce((byte*)values, (byte*)sums, 1, Int, MpiOp.Sum, World, requests));
        rank.Ok(rank.Mpi.Iallreduce((byte*)(values + 1), (byte*)(sums + 1), 1, Int, MpiOp.Sum, other, requests + 1));
        rank.Ok(rank.Mpi.Isend((byte*)values, 1, Int, rank.Next, 0, World, requests + 5));
        rank.Ok(rank.Mpi.Iallreduce((byte*)(values + 2), (byte*)(sums + 2), 1, Int, MpiOp.Sum, World, requests + 2));
        rank.Ok(rank.Mpi.Iallreduce((byte*)(values + 3), (byte*)(sums + 3), 1, Int, MpiOp.Sum, other, requests + 3));
        int ended = 0;
        while (ended < 6)
        {
            int index;
            rank.Ok(rank.Mpi.Waitany(6, requests, &index, null));
            rank.Equal(true, index >= 0);
            ended++;
        }

        for (int i = 0; i < 4; i++)
        {
            rank.Equal((rank.Size * (rank.Size - 1) / 2) + (i * rank.Size), sums[i]);
        }

        rank.Equal(rank.Previous, message);
        rank.Ok(rank.Mpi.CommFree(&other));
    });

    private static byte* InPlace(Rank rank, byte* own, byte* gathered, int count)
    {
        new Span<int>(own, count).CopyTo(new Span<int>((int*)gathered + (rank.Id * count), count));
        return MpiConstants.InPlace;
    }

    private static void Both(int ranks, RankCall body)
    {
        TestWorld.Run(ranks, rank => body(rank, null));
        TestWorld.Run(ranks, rank => body(rank, rank.New<MpiRequest>(1)), isLent: false);
    }

    private static void End(Rank rank, MpiRequest* request)
    {
        if (request != null)
        {
            rank.Ok(rank.Mpi.Wait(request, null));
            rank.Equal(MpiRequest.Null, *request);
        }
    }

    private static void Check(Rank rank, byte* data, int count, Func<int, int> expected)
    {
        for (int i = 0; i < count; i++)
        {
            rank.Equal(expected(i), ((int*)data)[i], $"element {i} of {count}");
        }
    }
}

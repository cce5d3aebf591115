using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Mpi.Spec;
using Xunit;

namespace ToroCosmos.Mpi.Tests;

/// <summary>
/// Random programs without a deadlock, of which a plain model knows what every rank must have got: the model has the inputs
/// of all ranks, and no messages. A failure names the seed.
/// </summary>
public sealed unsafe class RandomProgramTests
{
    private const MpiComm World = MpiComm.World;
    private const int Steps = 30;

    public static TheoryData<int, int> Programs
    {
        get
        {
            TheoryData<int, int> programs = [];
            foreach (int ranks in (int[])[2, 3, 5, 8])
            {
                for (int seed = 1; seed <= 6; seed++)
                {
                    programs.Add(ranks, seed);
                }
            }

            return programs;
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_rank_gets_what_the_model_says(int ranks, int seed) => TestWorld.Run(
        ranks,
        rank =>
        {
            // The same numbers on every rank: the program is one.
            Random random = new(seed);
            for (int step = 0; step < Steps; step++)
            {
                switch (random.Next(5))
                {
                    case 0:
                        Exchange(rank, random, step);
                        break;
                    case 1:
                        Combine(rank, random, step);
                        break;
                    case 2:
                        Share(rank, random, step);
                        break;
                    case 3:
                        Divide(rank, random, step);
                        break;
                    default:
                        Overlap(rank, random, step);
                        break;
                }
            }
        },
        isLent: seed % 2 == 0,
        queueSize: seed % 3 == 0 ? 2 : 8);

    /// <summary>What a rank has at a place of a step's input.</summary>
    private static long Input(int rank, int step, int place) =>
        (((rank * 7919L) + (step * 104729L) + (place * 31L)) % 1009) - 500;

    private static int Length(Random random) => random.Next(4) switch
    {
        0 => random.Next(4),
        1 => random.Next(40),
        2 => random.Next(25, 40),
        _ => random.Next(1500),
    };

    /// <summary>Messages between random ranks, with several of one tag, received in a random order of tags.</summary>
    private static void Exchange(Rank rank, Random random, int step)
    {
        List<(int From, int To, int Tag, int Length)> messages = [.. Enumerable.Range(0, random.Next(1, 25)).Select(_ =>
            (random.Next(rank.Size), random.Next(rank.Size), random.Next(4), Length(random)))];
        int order = random.Next();
        bool sendsFirst = random.Next(2) == 0;
        bool isAnySource = random.Next(3) == 0;
        MpiRequest* requests = rank.New<MpiRequest>(2 * messages.Count);
        int used = 0;
        List<(nint Got, int Message)> expected = [];
        for (int half = 0; half < 2; half++)
        {
            if ((half == 0) == sendsFirst)
            {
                for (int i = 0; i < messages.Count; i++)
                {
                    if (messages[i].From == rank.Id)
                    {
                        int number = i;
                        byte* data = rank.Bytes(messages[i].Length, at => Input(number, step, at));
                        rank.Ok(rank.Mpi.Isend(
                            data, messages[i].Length, MpiDatatype.Long, messages[i].To, Tag(messages[i], i), World, requests + used++));
                    }
                }

                continue;
            }

            // Those of one sender and tag in their order, the others in any.
            foreach (var group in Enumerable.Range(0, messages.Count).Where(i => messages[i].To == rank.Id)
                .GroupBy(i => (messages[i].From, Tag(messages[i], i))).OrderBy(group => ((group.Key.From * 8191) + (group.Key.Item2 * 127)) ^ (order & 0xFFFF)).ToArray())
            {
                foreach (int i in group)
                {
                    byte* got = (byte*)rank.New<long>(messages[i].Length);
                    expected.Add(((nint)got, i));
                    int source = isAnySource ? MpiConstants.AnySource : messages[i].From;
                    rank.Ok(rank.Mpi.Irecv(
                        got, messages[i].Length, MpiDatatype.Long, source, Tag(messages[i], i), World, requests + used++));
                }
            }
        }

        rank.Ok(rank.Mpi.Waitall(used, requests, null));
        foreach ((nint got, int i) in expected)
        {
            for (int at = 0; at < messages[i].Length; at++)
            {
                rank.Equal(Input(i, step, at), ((long*)got)[at], $"step {step}, message {i}, element {at}");
            }
        }

        // With any source, tags tell messages apart; the next step's must not be taken for these.
        rank.Ok(rank.Mpi.Barrier(World));

        int Tag((int From, int To, int Tag, int Length) message, int i) => isAnySource ? 100 + i : message.Tag;
    }

    private static void Combine(Rank rank, Random random, int step)
    {
        int count = Length(random);
        MpiOp op = new[] { MpiOp.Sum, MpiOp.Max, MpiOp.Min, MpiOp.BitwiseXor }[random.Next(4)];
        int kind = random.Next(4);
        int root = random.Next(rank.Size);
        bool waits = random.Next(2) == 0;
        byte* own = rank.Bytes(count, at => Input(rank.Id, step, at));
        byte* got = rank.Bytes(count, _ => -1L);
        MpiRequest request = MpiRequest.Null;
        MpiRequest* asked = waits ? null : &request;
        rank.Ok(kind switch
        {
            0 => asked == null ? rank.Mpi.Allreduce(own, got, count, MpiDatatype.Long, op, World) : rank.Mpi.Iallreduce(own, got, count, MpiDatatype.Long, op, World, asked),
            1 => asked == null ? rank.Mpi.Reduce(own, got, count, MpiDatatype.Long, op, root, World) : rank.Mpi.Ireduce(own, got, count, MpiDatatype.Long, op, root, World, asked),
            2 => asked == null ? rank.Mpi.Scan(own, got, count, MpiDatatype.Long, op, World) : rank.Mpi.Iscan(own, got, count, MpiDatatype.Long, op, World, asked),
            _ => asked == null ? rank.Mpi.Exscan(own, got, count, MpiDatatype.Long, op, World) : rank.Mpi.Iexscan(own, got, count, MpiDatatype.Long, op, World, asked),
        });
        rank.Ok(rank.Mpi.Wait(&request, null));
        int last = kind switch { 0 => rank.Size, 1 => rank.Id == root ? rank.Size : 0, 2 => rank.Id + 1, _ => rank.Id };
        for (int at = 0; at < count; at++)
        {
            long expected = last == 0 ? -1 : Enumerable.Range(0, last).Select(r => Input(r, step, at)).Aggregate((a, b) => op switch
            {
                MpiOp.Sum => a + b,
                MpiOp.Max => Math.Max(a, b),
                MpiOp.Min => Math.Min(a, b),
                _ => a ^ b,
            });
            rank.Equal(expected, ((long*)got)[at], $"step {step}, {op} of kind {kind}, element {at}");
        }
    }

    private static void Share(Rank rank, Random random, int step)
    {
        int count = Length(random);
        int root = random.Next(rank.Size);
        byte* data = rank.Bytes(count, at => rank.Id == root ? Input(root, step, at) : -1L);
        rank.Ok(rank.Mpi.Bcast(data, count, MpiDatatype.Long, root, World));
        byte* all = rank.Bytes(count * rank.Size, _ => -1L);
        byte* own = rank.Bytes(count, at => Input(rank.Id, step, at));
        rank.Ok(rank.Mpi.Allgather(own, count, MpiDatatype.Long, all, count, MpiDatatype.Long, World));
        for (int at = 0; at < count; at++)
        {
            rank.Equal(Input(root, step, at), ((long*)data)[at], $"step {step}, broadcast, element {at}");
            for (int r = 0; r < rank.Size; r++)
            {
                rank.Equal(Input(r, step, at), ((long*)all)[(r * count) + at], $"step {step}, gathered, element {at} of {r}");
            }
        }
    }

    private static void Divide(Rank rank, Random random, int step)
    {
        int count = Length(random) / rank.Size;
        byte* own = rank.Bytes(count * rank.Size, at => Input(rank.Id, step, at));
        byte* got = rank.Bytes(count * rank.Size, _ => -1L);
        rank.Ok(rank.Mpi.Alltoall(own, count, MpiDatatype.Long, got, count, MpiDatatype.Long, World));
        for (int from = 0; from < rank.Size; from++)
        {
            for (int at = 0; at < count; at++)
            {
                rank.Equal(Input(from, step, (rank.Id * count) + at), ((long*)got)[(from * count) + at], $"step {step}, block of {from}, element {at}");
            }
        }
    }

    /// <summary>A vector to the next rank while a reduction runs, on a communicator of its own.</summary>
    private static void Overlap(Rank rank, Random random, int step)
    {
        int count = random.Next(1, 60);
        int color = random.Next(1, rank.Size + 1);
        MpiComm part;
        MpiDatatype vector;
        rank.Ok(rank.Mpi.CommSplit(World, rank.Id % color, -rank.Id, &part));
        rank.Ok(rank.Mpi.TypeVector(count, 1, 2, MpiDatatype.Long, &vector));
        rank.Ok(rank.Mpi.TypeCommit(&vector));
        MpiRequest* requests = rank.New<MpiRequest>(3);
        byte* sparse = rank.Bytes(2 * count, at => Input(rank.Id, step, at / 2));
        byte* dense = rank.Bytes(count, _ => -1L);
        long sum;
        long own = Input(rank.Id, step, 0);
        rank.Ok(rank.Mpi.Irecv(dense, count, MpiDatatype.Long, rank.Previous, 77, World, requests));
        rank.Ok(rank.Mpi.Iallreduce((byte*)&own, (byte*)&sum, 1, MpiDatatype.Long, MpiOp.Sum, part, requests + 1));
        rank.Ok(rank.Mpi.Isend(sparse, 1, vector, rank.Next, 77, World, requests + 2));
        rank.Ok(rank.Mpi.TypeFree(&vector));
        rank.Ok(rank.Mpi.Waitall(3, requests, null));
        rank.Equal(Enumerable.Range(0, rank.Size).Where(r => r % color == rank.Id % color).Sum(r => Input(r, step, 0)), sum, $"step {step}, sum");
        for (int at = 0; at < count; at++)
        {
            rank.Equal(Input(rank.Previous, step, at), ((long*)dense)[at], $"step {step}, vector, element {at}");
        }

        rank.Ok(rank.Mpi.CommFree(&part));
    }
}

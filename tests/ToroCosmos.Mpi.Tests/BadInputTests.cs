using System;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;
using Xunit;
using static ToroCosmos.Mpi.Spec.MpiConstants;

namespace ToroCosmos.Mpi.Tests;

/// <summary>Wrong arguments, exhausted pools, ranks that end or fail: an error class on the rank concerned, and no hang.</summary>
public sealed unsafe class BadInputTests
{
    private const MpiComm World = MpiComm.World;
    private const MpiDatatype Int = MpiDatatype.Int;

    [ThreadStatic]
    private static int s_handled;

    [Fact]
    public void Wrong_arguments_are_told_by_the_standards_class() => TestWorld.Run(2, rank =>
    {
        Engine.MpiProcess mpi = rank.Mpi;
        byte* data = rank.New<byte>(64);
        MpiRequest request;
        MpiStatus status;
        rank.Expect(MpiError.Count, mpi.Send(data, -1, Int, 0, 0, World));
        rank.Expect(MpiError.Tag, mpi.Send(data, 1, Int, 0, -1, World));
        rank.Expect(MpiError.Tag, mpi.Send(data, 1, Int, 0, TagUpperBound + 1, World));
        rank.Expect(MpiError.Tag, mpi.Send(data, 1, Int, 0, AnyTag, World));
        rank.Expect(MpiError.Rank, mpi.Send(data, 1, Int, 2, 0, World));
        rank.Expect(MpiError.Rank, mpi.Send(data, 1, Int, AnySource, 0, World));
        rank.Expect(MpiError.Rank, mpi.Recv(data, 1, Int, -7, 0, World, &status));
        rank.Expect(MpiError.Comm, mpi.Send(data, 1, Int, 0, 0, MpiComm.Null));
        rank.Expect(MpiError.Comm, mpi.Send(data, 1, Int, 0, 0, (MpiComm)0x1005));
        rank.Expect(MpiError.Type, mpi.Send(data, 1, MpiDatatype.Null, 0, 0, World));
        rank.Expect(MpiError.Type, mpi.Send(data, 1, (MpiDatatype)0x1001, 0, 0, World));
        rank.Expect(MpiError.Buffer, mpi.Send(null, 1, Int, 0, 0, World));
        rank.Expect(MpiError.Count, mpi.Send(data, int.MaxValue, Int, 0, 0, World));
        MpiDatatype raw;
        rank.Ok(mpi.TypeContiguous(2, Int, &raw));
        rank.Expect(MpiError.Type, mpi.Send(data, 1, raw, 0, 0, World));
        rank.Expect(MpiError.Type, mpi.Irecv(data, 1, raw, 0, 0, World, &request));
        rank.Equal(MpiRequest.Null, request);
        rank.Ok(mpi.TypeFree(&raw));
        rank.Expect(MpiError.Type, mpi.TypeFree(&raw));
        MpiDatatype basic = Int;
        rank.Expect(MpiError.Type, mpi.TypeFree(&basic));
        rank.Expect(MpiError.Arg, mpi.TypeContiguous(-1, Int, &raw));
        rank.Expect(MpiError.Arg, mpi.TypeVector(2, -1, 1, Int, &raw));
        MpiRequest wrong = (MpiRequest)0x1003;
        rank.Expect(MpiError.Request, mpi.Wait(&wrong, &status));
        rank.Expect(MpiError.Request, mpi.Start(&wrong));
        rank.Expect(MpiError.Request, mpi.Cancel(&wrong));
        rank.Expect(MpiError.Request, mpi.RequestFree(&wrong));
        rank.Expect(MpiError.Count, mpi.Waitall(-1, &wrong, null));
        MpiComm world = World;
        rank.Expect(MpiError.Comm, mpi.CommFree(&world));
        int size;
        rank.Expect(MpiError.Comm, mpi.CommSize(MpiComm.Null, &size));
        int position = 0;
        rank.Expect(MpiError.Truncate, mpi.Pack(data, 2, Int, data + 32, 7, &position, World));
        MpiOp op = MpiOp.Sum;
        rank.Expect(MpiError.Op, mpi.OpFree(&op));
        rank.Expect(MpiError.Keyval, mpi.CommSetAttr(World, 5, 0));
        rank.Expect(MpiError.Errhandler, mpi.CommSetErrhandler(World, (MpiErrhandler)0x1002));
    });

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_rank_with_a_wrong_root_fails_and_the_others_are_told(int ranks) => TestWorld.Run(ranks, rank =>
    {
        int value = rank.Id;
        for (int pass = 0; pass < 20; pass++)
        {
            bool isWrong = rank.Id == pass % rank.Size;
            MpiError error = rank.Mpi.Reduce(
                (byte*)&value, (byte*)rank.New<int>(1), 1, Int, MpiOp.Sum, isWrong ? rank.Size : (pass + 1) % rank.Size, World);
            rank.Equal(true, isWrong ? error == MpiError.Root : error is MpiError.Other or MpiError.Success);
            error = rank.Mpi.Allreduce((byte*)&value, (byte*)rank.New<int>(1), isWrong ? -1 : 1, Int, MpiOp.Sum, World);
            rank.Expect(isWrong ? MpiError.Count : MpiError.Other, error);

            // What follows works again.
            int sum = 1;
            rank.Ok(rank.Mpi.Allreduce(InPlace, (byte*)&sum, 1, Int, MpiOp.Sum, World));
            rank.Equal(rank.Size, sum);
        }
    });

    [Fact]
    public void Collective_calls_that_do_not_fit_together_are_found() => TestWorld.Run(
        2,
        rank =>
        {
            int value = 1;
            MpiError error = rank.Id == 0
                ? rank.Mpi.Bcast((byte*)&value, 1, Int, 0, World)
                : rank.Mpi.Allgather((byte*)&value, 1, Int, (byte*)rank.New<int>(2), 1, Int, World);
            rank.Equal(true, rank.Id == 0 || error == MpiError.Other);
            error = rank.Mpi.Bcast(rank.New<byte>(400), rank.Id == 0 ? 100 : 10, Int, 0, World);
            rank.Expect(rank.Id == 0 ? MpiError.Success : MpiError.Truncate, error);
        },
        isClean: false);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Who_waits_for_a_rank_that_has_ended_or_thrown_is_told(int ranks) => TestWorld.Run(
        ranks,
        rank =>
        {
            int value = 0;
            if (rank.Id == 0)
            {
                // Ends without a word; the messages before still count.
                int answer = 42;
                for (int to = 1; to < rank.Size; to++)
                {
                    rank.Ok(rank.Mpi.Send((byte*)&answer, 1, Int, to, 0, World));
                }

                return;
            }

            MpiRequest request;
            rank.Ok(rank.Mpi.Irecv((byte*)&value, 1, Int, 0, 5, World, &request));
            int got;
            rank.Ok(rank.Mpi.Recv((byte*)&got, 1, Int, 0, 0, World, null));
            rank.Equal(42, got);
            MpiStatus status;
            rank.Expect(MpiError.ProcAborted, rank.Mpi.Wait(&request, &status));
            rank.Expect(MpiError.ProcAborted, rank.Mpi.Recv((byte*)&value, 1, Int, 0, 0, World, null));
            rank.Expect(MpiError.ProcAborted, rank.Mpi.Ssend((byte*)&value, 1, Int, 0, 0, World));
            rank.Expect(MpiError.ProcAborted, rank.Mpi.Probe(0, 0, World, &status));
            rank.Expect(MpiError.ProcAborted, rank.Mpi.Bcast((byte*)&value, 1, Int, 0, World));
            if (rank.Size == 2)
            {
                rank.Expect(MpiError.ProcAborted, rank.Mpi.Recv((byte*)&value, 1, Int, AnySource, 0, World, null));
            }
        },
        leaves: 0);

    [Fact]
    public void An_abort_ends_what_all_ranks_wait_for() => TestWorld.Run(
        4,
        rank =>
        {
            int value;
            if (rank.Id == 2)
            {
                rank.Ok(rank.Mpi.Abort(World, 9));
            }

            rank.Expect(MpiError.ProcAborted, rank.Mpi.Recv((byte*)&value, 1, Int, AnySource, 0, World, null));
            rank.Equal((true, 9), (rank.Mpi.IsAborted, rank.Mpi.AbortCode));
            rank.Expect(MpiError.ProcAborted, rank.Mpi.Barrier(World));
        },
        isClean: false);

    [Fact]
    public void A_limit_ends_a_wait_for_what_never_comes() => TestWorld.Run(
        2,
        rank =>
        {
            int value;
            rank.Equal(true, rank.Mpi.Recv((byte*)&value, 1, Int, rank.Next, 0, World, null) is MpiError.Other or MpiError.ProcAborted);
            rank.Equal(false, rank.Mpi.Barrier(World) == MpiError.Success);
        },
        new MpiOptions { WaitLimitNs = 200_000_000 },
        isClean: false);

    [Fact]
    public void A_single_rank_that_waits_for_itself_is_told_at_once() => TestWorld.Run(1, rank =>
    {
        int value;
        rank.Expect(MpiError.Other, rank.Mpi.Recv((byte*)&value, 1, Int, AnySource, 0, World, null));
    });

    [Fact]
    public void Used_up_requests_are_an_error_and_come_back() => TestWorld.Run(
        2,
        rank =>
        {
            MpiRequest* requests = rank.New<MpiRequest>(40);
            int* values = rank.New<int>(40);
            int begun = 0;
            while (rank.Mpi.Irecv((byte*)(values + begun), 1, Int, rank.Next, begun, World, requests + begun) == MpiError.Success)
            {
                begun++;
            }

            rank.Equal(20, begun);
            for (int i = 0; i < begun; i++)
            {
                rank.Ok(rank.Mpi.Cancel(requests + i));
            }

            rank.Ok(rank.Mpi.Waitall(begun, requests, null));
            rank.Ok(rank.Mpi.Barrier(World));
        },
        new MpiOptions { Requests = 20, WaitLimitNs = 20_000_000_000 });

    [Fact]
    public void Messages_that_find_no_place_stay_on_the_bus_and_a_wait_for_what_is_behind_them_is_an_error() => TestWorld.Run(
        2,
        rank =>
        {
            const int Messages = 14;
            if (rank.Id == 0)
            {
                MpiRequest* requests = rank.New<MpiRequest>(Messages + 1);
                int* values = (int*)rank.Bytes(Messages + 1, i => i);
                for (int i = 0; i <= Messages; i++)
                {
                    rank.Ok(rank.Mpi.Isend((byte*)(values + i), 1, Int, 1, i == Messages ? 1 : 0, World, requests + i));
                }

                rank.Ok(rank.Mpi.Waitall(Messages + 1, requests, null));
                return;
            }

            int value;
            rank.Expect(MpiError.NoMem, rank.Mpi.Recv((byte*)&value, 1, Int, 0, 1, World, null));
            for (int i = 0; i < Messages; i++)
            {
                rank.Ok(rank.Mpi.Recv((byte*)&value, 1, Int, 0, 0, World, null));
                rank.Equal(i, value);
            }

            rank.Ok(rank.Mpi.Recv((byte*)&value, 1, Int, 0, 1, World, null));
            rank.Equal(Messages, value);
        },
        new MpiOptions { UnexpectedMessages = 8, WaitLimitNs = 20_000_000_000 });

    [Fact]
    public void An_error_handler_sees_what_its_communicators_calls_find() => TestWorld.Run(1, rank =>
    {
        MpiErrhandler handler;
        s_handled = 0;
        rank.Ok(rank.Mpi.CommCreateErrhandler(&Note, &handler));
        rank.Ok(rank.Mpi.CommSetErrhandler(World, handler));
        MpiComm copy;
        rank.Ok(rank.Mpi.CommDup(World, &copy));
        rank.Expect(MpiError.Count, rank.Mpi.Send(null, -1, Int, 0, 0, copy));
        rank.Equal((int)MpiError.Count, s_handled);
        rank.Ok(rank.Mpi.CommSetErrhandler(World, MpiErrhandler.ErrorsReturn));
        s_handled = 0;
        rank.Expect(MpiError.Tag, rank.Mpi.Send(null, 0, Int, 0, -1, World));
        rank.Equal(0, s_handled);
        rank.Ok(rank.Mpi.ErrhandlerFree(&handler));
        rank.Ok(rank.Mpi.CommFree(&copy));
    });

    [Fact]
    public void A_fatal_error_ends_the_world() => TestWorld.Run(
        3,
        rank =>
        {
            if (rank.Id == 1)
            {
                rank.Ok(rank.Mpi.CommSetErrhandler(World, MpiErrhandler.ErrorsAreFatal));
                rank.Expect(MpiError.Rank, rank.Mpi.Send(null, 0, Int, 99, 0, World));
            }

            rank.Expect(MpiError.ProcAborted, rank.Mpi.Barrier(World));
            rank.Equal(true, rank.Mpi.IsAborted);
        },
        isClean: false);

    [Fact]
    public void What_is_not_freed_or_received_is_told() => TestWorld.Run(
        2,
        rank =>
        {
            MpiComm copy;
            MpiRequest request;
            MpiDatatype type;
            int value = 1;
            rank.Ok(rank.Mpi.CommDup(World, &copy));
            rank.Ok(rank.Mpi.TypeContiguous(2, Int, &type));
            rank.Ok(rank.Mpi.RecvInit((byte*)&value, 1, Int, 0, 0, World, &request));
            rank.Ok(rank.Mpi.Send((byte*)&value, 1, Int, rank.Next, 3, World));
            MpiStatus status;
            rank.Ok(rank.Mpi.Probe(rank.Previous, 3, World, &status));
            rank.Equal(new MpiLeftovers(1, 1, 1, 0, 1, 0), rank.Mpi.Leftovers);
        },
        isClean: false);

    private static void Note(MpiComm* comm, int* error) => s_handled = *error;
}

using System;
using ToroCosmos.Mpi.Spec;
using Xunit;
using static ToroCosmos.Mpi.Spec.MpiConstants;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What MPICH's pt2pt programs check of requests: waiting, testing, persistent ones, probes, cancelling.</summary>
public sealed unsafe class RequestTests
{
    private const MpiComm World = MpiComm.World;

    public static TheoryData<int> Several => TestWorld.Several;

    [Fact]
    public void What_is_no_request_has_ended_with_an_empty_status() => TestWorld.Run(1, rank =>
    {
        MpiRequest* requests = (MpiRequest*)rank.Bytes(2, _ => MpiRequest.Null);
        MpiStatus* statuses = rank.New<MpiStatus>(2);
        int* indices = rank.New<int>(2);
        bool flag;
        int index;
        rank.Ok(rank.Mpi.Wait(requests, statuses));
        rank.Equal((AnySource, AnyTag, 0), (statuses[0].Source, statuses[0].Tag, statuses[0].Length));
        rank.Ok(rank.Mpi.Test(requests, &flag, statuses));
        rank.Equal(true, flag);
        rank.Ok(rank.Mpi.Waitall(2, requests, statuses));
        rank.Ok(rank.Mpi.Testall(2, requests, &flag, statuses));
        rank.Equal(true, flag);
        rank.Ok(rank.Mpi.Waitany(2, requests, &index, statuses));
        rank.Equal(Undefined, index);
        rank.Ok(rank.Mpi.Testany(2, requests, &index, &flag, statuses));
        rank.Equal((true, Undefined), (flag, index));
        rank.Ok(rank.Mpi.Waitsome(2, requests, &index, indices, statuses));
        rank.Equal(Undefined, index);
        rank.Ok(rank.Mpi.Testsome(2, requests, &index, indices, statuses));
        rank.Equal(Undefined, index);
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void Waiting_for_one_for_some_and_for_all_ends_each_once(int ranks) => TestWorld.Run(ranks, rank =>
    {
        const int Each = 12;
        int* got = (int*)rank.Bytes(Each, _ => -1);
        MpiRequest* requests = rank.New<MpiRequest>(Each);
        MpiStatus* statuses = rank.New<MpiStatus>(Each);
        int* indices = rank.New<int>(Each);
        for (int pass = 0; pass < 5; pass++)
        {
            for (int i = 0; i < Each; i++)
            {
                rank.Ok(rank.Mpi.Irecv((byte*)(got + i), 1, MpiDatatype.Int, rank.Previous, i, World, requests + i));
            }

            for (int i = Each - 1; i >= 0; i--)
            {
                int value = (rank.Id * 100) + i;
                rank.Ok(rank.Mpi.Send((byte*)&value, 1, MpiDatatype.Int, rank.Next, i, World));
            }

            int ended = 0;
            while (ended < Each)
            {
                int count = 1;
                bool flag = true;
                switch (pass)
                {
                    case 0:
                        rank.Ok(rank.Mpi.Waitany(Each, requests, indices, statuses));
                        break;
                    case 1:
                        rank.Ok(rank.Mpi.Testany(Each, requests, indices, &flag, statuses));
                        count = flag ? 1 : 0;
                        break;
                    case 2:
                        rank.Ok(rank.Mpi.Waitsome(Each, requests, &count, indices, statuses));
                        break;
                    case 3:
                        rank.Ok(rank.Mpi.Testsome(Each, requests, &count, indices, statuses));
                        break;
                    default:
                        rank.Ok(rank.Mpi.Testall(Each, requests, &flag, statuses));
                        count = flag ? Each : 0;
                        for (int i = 0; i < Each; i++)
                        {
                            indices[i] = i;
                        }

                        break;
                }

                for (int i = 0; i < count; i++)
                {
                    rank.Equal(MpiRequest.Null, requests[indices[i]]);
                    rank.Equal(indices[i], statuses[i].Tag);
                    rank.Equal((rank.Previous * 100) + indices[i], got[indices[i]]);
                    got[indices[i]] = -1;
                }

                ended += count;
            }
        }
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void Persistent_requests_run_again_and_again(int ranks) => TestWorld.Run(ranks, rank =>
    {
        const int Length = 300;
        byte* sent = rank.New<byte>(Length);
        byte* got = rank.New<byte>(Length);
        MpiRequest* requests = rank.New<MpiRequest>(2);
        MpiStatus* statuses = rank.New<MpiStatus>(2);
        for (int mode = 0; mode < 3; mode++)
        {
            rank.Ok(rank.Mpi.RecvInit(got, Length, MpiDatatype.Byte, AnySource, AnyTag, World, requests));
            rank.Ok(mode == 0 ? rank.Mpi.SendInit(sent, Length, MpiDatatype.Byte, rank.Next, 4, World, requests + 1)
                : mode == 1 ? rank.Mpi.SsendInit(sent, Length, MpiDatatype.Byte, rank.Next, 4, World, requests + 1)
                : rank.Mpi.RsendInit(sent, Length, MpiDatatype.Byte, rank.Next, 4, World, requests + 1));
            bool flag;
            rank.Ok(rank.Mpi.Test(requests, &flag, statuses));
            rank.Equal(true, flag);
            for (int i = 0; i < 10; i++)
            {
                new Span<byte>(sent, Length).Fill((byte)(i + rank.Id));
                rank.Ok(rank.Mpi.Start(requests));
                rank.Ok(rank.Mpi.Barrier(World));
                rank.Ok(rank.Mpi.Start(requests + 1));
                rank.Ok(rank.Mpi.Waitall(2, requests, statuses));
                rank.Equal((rank.Previous, 4), (statuses[0].Source, statuses[0].Tag));
                rank.Equal((byte)(i + rank.Previous), got[Length - 1]);
                rank.Equal(false, requests[0] == MpiRequest.Null);
            }

            rank.Ok(rank.Mpi.RequestFree(requests));
            rank.Ok(rank.Mpi.RequestFree(requests + 1));
        }
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void A_probe_tells_of_a_message_of_any_length_and_leaves_it(int ranks) => TestWorld.Run(ranks, rank =>
    {
        foreach (int length in (int[])[0, 3, 240, 5000])
        {
            MpiRequest send;
            byte* message = rank.Bytes(length, i => (byte)i);
            rank.Ok(rank.Mpi.Isend(message, length, MpiDatatype.Byte, rank.Next, 6, World, &send));
            MpiStatus status;
            bool flag = false;
            rank.Ok(rank.Mpi.Iprobe(rank.Previous, 7, World, &flag, &status));
            rank.Equal(false, flag);
            rank.Ok(rank.Mpi.Probe(AnySource, AnyTag, World, &status));
            rank.Equal((rank.Previous, 6, length), (status.Source, status.Tag, status.Length));
            rank.Ok(rank.Mpi.Iprobe(rank.Previous, 6, World, &flag, &status));
            rank.Equal(true, flag);
            byte* got = rank.New<byte>(length);
            rank.Ok(rank.Mpi.Recv(got, status.Length, MpiDatatype.Byte, status.Source, status.Tag, World, &status));
            rank.Equal(true, length == 0 || got[length - 1] == (byte)(length - 1));
            rank.Ok(rank.Mpi.Wait(&send, null));
        }
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void A_matched_probe_takes_its_message_away_from_other_receives(int ranks) => TestWorld.Run(ranks, rank =>
    {
        foreach (int length in (int[])[1, 5000])
        {
            MpiRequest* sends = rank.New<MpiRequest>(2);
            byte* first = rank.Bytes(length, _ => (byte)1);
            byte* second = rank.Bytes(length, _ => (byte)2);
            rank.Ok(rank.Mpi.Isend(first, length, MpiDatatype.Byte, rank.Next, 0, World, sends));
            rank.Ok(rank.Mpi.Isend(second, length, MpiDatatype.Byte, rank.Next, 0, World, sends + 1));
            MpiMessage message;
            MpiStatus status;
            rank.Ok(rank.Mpi.Mprobe(rank.Previous, 0, World, &message, &status));
            rank.Equal(length, status.Length);
            byte* got = rank.New<byte>(length);
            rank.Ok(rank.Mpi.Recv(got, length, MpiDatatype.Byte, rank.Previous, 0, World, null));
            rank.Equal((byte)2, got[0]);
            MpiMessage stale = message;
            rank.Ok(rank.Mpi.Mrecv(got, length, MpiDatatype.Byte, &message, &status));
            rank.Equal((byte)1, got[0]);
            rank.Equal(MpiMessage.Null, message);
            rank.Equal((rank.Previous, length), (status.Source, status.Length));
            rank.Expect(MpiError.Request, rank.Mpi.Mrecv(got, length, MpiDatatype.Byte, &stale, &status));
            rank.Ok(rank.Mpi.Waitall(2, sends, null));
        }
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void A_receive_and_a_send_that_nobody_has_matched_are_cancelled(int ranks) => TestWorld.Run(ranks, rank =>
    {
        MpiRequest request;
        MpiStatus status;
        byte* data = rank.New<byte>(5000);
        rank.Ok(rank.Mpi.Irecv(data, 1, MpiDatatype.Byte, AnySource, 9, World, &request));
        rank.Ok(rank.Mpi.Cancel(&request));
        rank.Ok(rank.Mpi.Wait(&request, &status));
        rank.Equal(true, status.IsCancelled);
        foreach (int length in (int[])[1, 5000])
        {
            rank.Ok(rank.Mpi.Issend(data, length, MpiDatatype.Byte, rank.Next, 1, World, &request));
            rank.Ok(rank.Mpi.Cancel(&request));
            rank.Ok(rank.Mpi.Wait(&request, &status));
            rank.Equal(true, status.IsCancelled);

            // One that is matched ends as usual.
            MpiRequest receive;
            rank.Ok(rank.Mpi.Irecv(data, length, MpiDatatype.Byte, rank.Previous, 2, World, &receive));
            rank.Ok(rank.Mpi.Barrier(World));
            rank.Ok(rank.Mpi.Issend(data, length, MpiDatatype.Byte, rank.Next, 2, World, &request));
            rank.Ok(rank.Mpi.Wait(&receive, &status));
            rank.Equal(false, status.IsCancelled);
            rank.Ok(rank.Mpi.Barrier(World));
            rank.Ok(rank.Mpi.Cancel(&request));
            rank.Ok(rank.Mpi.Wait(&request, &status));
            rank.Equal(false, status.IsCancelled);
            bool flag;
            rank.Ok(rank.Mpi.Iprobe(AnySource, 1, World, &flag, null));
            rank.Equal(false, flag);
            rank.Ok(rank.Mpi.Barrier(World));
        }
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void A_request_that_is_freed_goes_on(int ranks) => TestWorld.Run(ranks, rank =>
    {
        foreach (int length in (int[])[1, 3000])
        {
            MpiRequest request;
            byte* sent = rank.Bytes(length, i => (byte)(i + 1));
            byte* got = rank.New<byte>(length);
            rank.Ok(rank.Mpi.Isend(sent, length, MpiDatatype.Byte, rank.Next, 0, World, &request));
            MpiRequest stale = request;
            rank.Ok(rank.Mpi.RequestFree(&request));
            rank.Equal(MpiRequest.Null, request);
            rank.Expect(MpiError.Request, rank.Mpi.Wait(&stale, null));
            rank.Ok(rank.Mpi.Recv(got, length, MpiDatatype.Byte, rank.Previous, 0, World, null));
            rank.Equal((byte)length, got[length - 1]);
            rank.Ok(rank.Mpi.Barrier(World));
        }

        rank.Ok(rank.Mpi.Barrier(World));
    });
}

using System;
using ToroCosmos.Mpi.Spec;
using Xunit;
using static ToroCosmos.Mpi.Spec.MpiConstants;

namespace ToroCosmos.Mpi.Tests;

/// <summary>What MPICH's pt2pt programs check: messages of all lengths, modes, wildcards, order, self-sends.</summary>
public sealed unsafe class PointToPointTests
{
    private const MpiComm World = MpiComm.World;
    private static readonly int[] s_lengths = [0, 1, 7, 8, 9, 240, 241, 256, 1000, 5000, 70000];

    public static TheoryData<int> Several => TestWorld.Several;

    public static TheoryData<int, bool> SeveralBothWays
    {
        get
        {
            TheoryData<int, bool> data = [];
            foreach (int ranks in (int[])[2, 3, 4, 5, 8])
            {
                data.Add(ranks, true);
                data.Add(ranks, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SeveralBothWays))]
    public void Messages_of_every_length_go_round_a_ring_whole(int ranks, bool isLent) => TestWorld.Run(
        ranks,
        rank =>
        {
            foreach (int length in s_lengths)
            {
                byte* sent = rank.Bytes(length, i => (byte)((i * 7) + rank.Id));
                byte* got = rank.New<byte>(length + 1);
                MpiStatus status;
                rank.Ok(rank.Mpi.Sendrecv(
                    sent, length, MpiDatatype.Byte, rank.Next, 5, got, length + 1, MpiDatatype.Byte, rank.Previous, 5, World, &status));
                rank.Equal(rank.Previous, status.Source);
                rank.Equal(5, status.Tag);
                int count;
                rank.Ok(rank.Mpi.GetCount(&status, MpiDatatype.Byte, &count));
                rank.Equal(length, count);
                for (int i = 0; i < length; i++)
                {
                    rank.Equal((byte)((i * 7) + rank.Previous), got[i]);
                }

                rank.Equal((byte)0xEE, got[length]);
            }
        },
        isLent: isLent);

    [Theory]
    [MemberData(nameof(SeveralBothWays))]
    public void Every_mode_delivers(int ranks, bool isLent) => TestWorld.Run(
        ranks,
        rank =>
        {
            int room = 400_000;
            byte* memory = rank.New<byte>(room);
            rank.Ok(rank.Mpi.BufferAttach(memory, room));
            foreach (int length in s_lengths)
            {
                byte* sent = rank.Bytes(length, i => (byte)(i + rank.Id));
                byte* got = rank.New<byte>(length);
                for (int mode = 0; mode < 4; mode++)
                {
                    MpiRequest receive;
                    rank.Ok(rank.Mpi.Irecv(got, length, MpiDatatype.Byte, rank.Previous, mode, World, &receive));
                    rank.Ok(rank.Mpi.Barrier(World));
                    rank.Ok(mode switch
                    {
                        0 => rank.Mpi.Send(sent, length, MpiDatatype.Byte, rank.Next, mode, World),
                        1 => rank.Mpi.Ssend(sent, length, MpiDatatype.Byte, rank.Next, mode, World),
                        2 => rank.Mpi.Rsend(sent, length, MpiDatatype.Byte, rank.Next, mode, World),
                        _ => rank.Mpi.Bsend(sent, length, MpiDatatype.Byte, rank.Next, mode, World),
                    });
                    rank.Ok(rank.Mpi.Wait(&receive, null));
                    rank.Equal(true, new Span<byte>(got, length).SequenceEqual(
                        new Span<byte>(rank.Bytes(length, i => (byte)(i + rank.Previous)), length)));
                }
            }

            byte* detached;
            int bytes;
            rank.Ok(rank.Mpi.BufferDetach(&detached, &bytes));
            rank.Equal(room, bytes);
            rank.Equal(true, detached == memory);
        },
        isLent: isLent);

    [Theory]
    [MemberData(nameof(Several))]
    public void Buffered_sends_never_wait_and_fail_where_the_attached_buffer_is_full(int ranks) => TestWorld.Run(
        ranks,
        rank =>
        {
            byte* memory = rank.New<byte>(4096);
            byte* message = rank.Bytes(1000, i => (byte)i);
            rank.Expect(MpiError.Buffer, rank.Mpi.Bsend(message, 1000, MpiDatatype.Byte, rank.Next, 0, World));
            rank.Ok(rank.Mpi.BufferAttach(memory, 4096));
            rank.Expect(MpiError.Buffer, rank.Mpi.BufferAttach(memory, 4096));
            int sent = 0;
            while (rank.Mpi.Bsend(message, 1000, MpiDatatype.Byte, rank.Next, sent, World) == MpiError.Success)
            {
                sent++;
            }

            rank.Equal(4, sent);
            rank.Ok(rank.Mpi.Barrier(World));
            byte* got = rank.New<byte>(1000);
            for (int tag = 3; tag >= 0; tag--)
            {
                rank.Ok(rank.Mpi.Recv(got, 1000, MpiDatatype.Byte, rank.Previous, tag, World, null));
                rank.Equal((byte)(999 & 255), got[999]);
            }

            int bytes;
            rank.Ok(rank.Mpi.BufferDetach(&memory, &bytes));
            rank.Expect(MpiError.Buffer, rank.Mpi.BufferDetach(&memory, &bytes));
        });

    [Theory]
    [MemberData(nameof(Several))]
    public void A_synchronous_send_ends_after_its_receive_has_begun(int ranks)
    {
        int[] begun = new int[ranks];
        TestWorld.Run(ranks, rank =>
        {
            byte data = 1;
            if (rank.Id % 2 == 0 && rank.Id + 1 < rank.Size)
            {
                MpiRequest request;
                bool flag;
                rank.Ok(rank.Mpi.Issend(&data, 1, MpiDatatype.Byte, rank.Id + 1, 0, World, &request));
                rank.Ok(rank.Mpi.Test(&request, &flag, null));
                rank.Equal(false, flag);
                rank.Ok(rank.Mpi.Send(&data, 1, MpiDatatype.Byte, rank.Id + 1, 1, World));
                rank.Ok(rank.Mpi.Wait(&request, null));
                rank.Equal(1, System.Threading.Volatile.Read(ref begun[rank.Id + 1]));
            }
            else if (rank.Id % 2 == 1)
            {
                rank.Ok(rank.Mpi.Recv(&data, 1, MpiDatatype.Byte, rank.Id - 1, 1, World, null));
                System.Threading.Volatile.Write(ref begun[rank.Id], 1);
                rank.Ok(rank.Mpi.Recv(&data, 1, MpiDatatype.Byte, rank.Id - 1, 0, World, null));
            }
        });
    }

    [Theory]
    [MemberData(nameof(Several))]
    public void Messages_of_one_sender_with_one_tag_keep_their_order_whatever_their_length(int ranks) => TestWorld.Run(ranks, rank =>
    {
        const int Messages = 60;
        MpiRequest* requests = rank.New<MpiRequest>(Messages);
        for (int i = 0; i < Messages; i++)
        {
            int length = i % 3 == 0 ? 1000 : 4 + (i % 5);
            byte* message = rank.Bytes(length, at => (byte)(at == 0 ? i : 0));
            rank.Ok(rank.Mpi.Isend(message, length, MpiDatatype.Byte, rank.Next, 3, World, requests + i));
        }

        byte* got = rank.New<byte>(1000);
        for (int i = 0; i < Messages; i++)
        {
            int source = i % 2 == 0 ? rank.Previous : AnySource;
            int tag = i % 4 < 2 ? 3 : AnyTag;
            rank.Ok(rank.Mpi.Recv(got, 1000, MpiDatatype.Byte, source, tag, World, null));
            rank.Equal((byte)i, got[0]);
        }

        rank.Ok(rank.Mpi.Waitall(Messages, requests, null));
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void A_tag_and_a_communicator_choose_among_messages_that_have_come(int ranks) => TestWorld.Run(ranks, rank =>
    {
        MpiComm other;
        rank.Ok(rank.Mpi.CommDup(World, &other));
        for (int i = 0; i < 4; i++)
        {
            int value = i;
            rank.Ok(rank.Mpi.Send((byte*)&value, 1, MpiDatatype.Int, rank.Next, i / 2, i % 2 == 0 ? World : other));
        }

        for (int i = 3; i >= 0; i--)
        {
            int value;
            rank.Ok(rank.Mpi.Recv((byte*)&value, 1, MpiDatatype.Int, AnySource, i / 2, i % 2 == 0 ? World : other, null));
            rank.Equal(i, value);
        }

        rank.Ok(rank.Mpi.CommFree(&other));
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void Any_source_gets_the_messages_of_all(int ranks) => TestWorld.Run(ranks, rank =>
    {
        const int Each = 25;
        if (rank.Id != 0)
        {
            for (int i = 0; i < Each; i++)
            {
                int value = (rank.Id * 1000) + i;
                rank.Ok(rank.Mpi.Send((byte*)&value, 1, MpiDatatype.Int, 0, i, World));
            }

            return;
        }

        int[] next = new int[rank.Size];
        for (int i = 0; i < Each * (rank.Size - 1); i++)
        {
            int value;
            MpiStatus status;
            rank.Ok(rank.Mpi.Recv((byte*)&value, 1, MpiDatatype.Int, AnySource, AnyTag, World, &status));
            rank.Equal((status.Source * 1000) + next[status.Source], value);
            rank.Equal(next[status.Source]++, status.Tag);
        }
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_rank_sends_to_itself(int ranks) => TestWorld.Run(ranks, rank =>
    {
        foreach (int length in s_lengths)
        {
            byte* sent = rank.Bytes(length, i => (byte)(i * 3));
            byte* got = rank.New<byte>(length);
            MpiRequest* requests = rank.New<MpiRequest>(2);
            MpiStatus* statuses = rank.New<MpiStatus>(2);

            // The receive first, then the send first.
            rank.Ok(rank.Mpi.Irecv(got, length, MpiDatatype.Byte, rank.Id, 1, World, requests));
            rank.Ok(rank.Mpi.Send(sent, length, MpiDatatype.Byte, rank.Id, 1, World));
            rank.Ok(rank.Mpi.Wait(requests, statuses));
            rank.Equal(length, statuses[0].Length);
            rank.Equal(true, new Span<byte>(sent, length).SequenceEqual(new Span<byte>(got, length)));
            new Span<byte>(got, length).Clear();
            rank.Ok(rank.Mpi.Isend(sent, length, MpiDatatype.Byte, 0, 2, MpiComm.Self, requests));
            rank.Ok(rank.Mpi.Irecv(got, length, MpiDatatype.Byte, AnySource, AnyTag, MpiComm.Self, requests + 1));
            rank.Ok(rank.Mpi.Waitall(2, requests, statuses));
            rank.Equal(true, new Span<byte>(sent, length).SequenceEqual(new Span<byte>(got, length)));
        }
    });

    [Fact]
    public void A_long_blocking_send_to_oneself_without_a_receive_is_an_error_and_no_hang() => TestWorld.Run(2, rank =>
    {
        byte* message = rank.New<byte>(5000);
        rank.Expect(MpiError.Other, rank.Mpi.Send(message, 5000, MpiDatatype.Byte, rank.Id, 0, World));
        rank.Expect(MpiError.Other, rank.Mpi.Ssend(message, 1, MpiDatatype.Byte, rank.Id, 0, World));
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void Many_sends_are_under_way_at_once_to_all(int ranks) => TestWorld.Run(ranks, rank =>
    {
        const int Each = 40;
        int all = 2 * Each * rank.Size;
        MpiRequest* requests = rank.New<MpiRequest>(all);
        int* sent = rank.New<int>(Each);
        int* got = rank.New<int>(Each * rank.Size);
        int used = 0;
        for (int i = 0; i < Each; i++)
        {
            sent[i] = (rank.Id << 16) + i;
            for (int to = 0; to < rank.Size; to++)
            {
                rank.Ok(rank.Mpi.Isend((byte*)(sent + i), 1, MpiDatatype.Int, to, i, World, requests + used++));
            }
        }

        for (int from = 0; from < rank.Size; from++)
        {
            for (int i = Each - 1; i >= 0; i--)
            {
                rank.Ok(rank.Mpi.Irecv((byte*)(got + (from * Each) + i), 1, MpiDatatype.Int, from, i, World, requests + used++));
            }
        }

        rank.Ok(rank.Mpi.Waitall(all, requests, null));
        for (int i = 0; i < Each * rank.Size; i++)
        {
            rank.Equal(((i / Each) << 16) + (i % Each), got[i]);
        }
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void A_flood_that_nobody_receives_yet_waits_at_its_sender(int ranks) => TestWorld.Run(
        ranks,
        rank =>
        {
            const int Messages = 3000;
            int value;
            if (rank.Id == 0)
            {
                for (int i = 0; i < Messages; i++)
                {
                    for (int to = 1; to < rank.Size; to++)
                    {
                        rank.Ok(rank.Mpi.Send((byte*)&i, 1, MpiDatatype.Int, to, 0, World));
                    }
                }

                return;
            }

            for (int i = 0; i < Messages; i++)
            {
                rank.Ok(rank.Mpi.Recv((byte*)&value, 1, MpiDatatype.Int, 0, 0, World, null));
                rank.Equal(i, value);
            }
        },
        new Engine.MpiOptions { UnexpectedMessages = 8, WaitLimitNs = 20_000_000_000 });

    [Theory]
    [MemberData(nameof(Several))]
    public void All_send_to_all_at_once_before_anybody_receives(int ranks) => TestWorld.Run(ranks, rank =>
    {
        // Fewer than the pool of messages that have come.
        const int Messages = 20;
        for (int i = 0; i < Messages; i++)
        {
            for (int step = 1; step < rank.Size; step++)
            {
                rank.Ok(rank.Mpi.Send((byte*)&i, 1, MpiDatatype.Int, (rank.Id + step) % rank.Size, 0, World));
            }
        }

        for (int i = 0; i < Messages; i++)
        {
            for (int from = 0; from < rank.Size; from++)
            {
                if (from != rank.Id)
                {
                    int value;
                    rank.Ok(rank.Mpi.Recv((byte*)&value, 1, MpiDatatype.Int, from, 0, World, null));
                    rank.Equal(i, value);
                }
            }
        }
    });

    [Fact]
    public void What_comes_from_nobody_is_empty_and_what_goes_there_is_gone() => TestWorld.Run(2, rank =>
    {
        MpiStatus status;
        int value = 7;
        rank.Ok(rank.Mpi.Send((byte*)&value, 1, MpiDatatype.Int, ProcNull, 0, World));
        rank.Ok(rank.Mpi.Recv((byte*)&value, 1, MpiDatatype.Int, ProcNull, AnyTag, World, &status));
        rank.Equal(7, value);
        rank.Equal(ProcNull, status.Source);
        rank.Equal(AnyTag, status.Tag);
        rank.Equal(0, status.Length);
        bool flag;
        rank.Ok(rank.Mpi.Iprobe(ProcNull, 3, World, &flag, &status));
        rank.Equal(true, flag);
        rank.Equal(ProcNull, status.Source);
    });

    [Theory]
    [MemberData(nameof(Several))]
    public void Send_and_receive_replace_a_buffer(int ranks) => TestWorld.Run(ranks, rank =>
    {
        foreach (int length in s_lengths)
        {
            byte* data = rank.Bytes(length, i => (byte)(rank.Id + i));
            rank.Ok(rank.Mpi.SendrecvReplace(data, length, MpiDatatype.Byte, rank.Next, 0, rank.Previous, 0, World, null));
            for (int i = 0; i < length; i++)
            {
                rank.Equal((byte)(rank.Previous + i), data[i]);
            }
        }
    });

    [Theory]
    [MemberData(nameof(SeveralBothWays))]
    public void A_message_longer_than_its_buffer_is_cut_off_with_an_error(int ranks, bool isLent) => TestWorld.Run(
        ranks,
        rank =>
        {
            foreach (int length in (int[])[8, 200, 3000])
            {
                byte* sent = rank.Bytes(length, i => (byte)i);
                byte* got = rank.New<byte>(length);
                MpiRequest request;
                MpiStatus status;
                rank.Ok(rank.Mpi.Isend(sent, length, MpiDatatype.Byte, rank.Next, 0, World, &request));
                rank.Expect(MpiError.Truncate, rank.Mpi.Recv(got, 5, MpiDatatype.Byte, rank.Previous, 0, World, &status));
                rank.Equal(5, status.Length);
                rank.Equal((byte)4, got[4]);
                rank.Equal((byte)0xEE, got[5]);
                rank.Ok(rank.Mpi.Wait(&request, null));
            }
        },
        isLent: isLent);
}

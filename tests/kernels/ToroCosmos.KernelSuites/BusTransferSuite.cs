using System;
using ToroCosmos.KernelTesting;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.KernelSuites;

/// <summary>The bus beyond copies from one core to one other: lent messages, batches, broadcast, any sender.</summary>
internal static unsafe class BusTransferSuite
{
    private const int LargeBytes = 300_000;
    private const int Rounds = 20;
    private const int Batch = 100;

    private static byte* s_source;
    private static byte* s_destination;

    [KernelTest(MinimumCores = 2)]
    internal static void A_large_message_goes_from_core_to_core_with_one_copy()
    {
        s_source = PhysicalMemory.Allocate(LargeBytes, 64);
        s_destination = PhysicalMemory.Allocate(LargeBytes, 64);
        if (Check.That(s_source != null && s_destination != null) && BusRig.Build())
        {
            Cores.RunOnAll(&ExchangeLarge);
            Check.Equal(0, BusRig.Bus.CountBrokenLinks());
        }
    }

    [KernelTest(MinimumCores = 3)]
    internal static void A_broadcast_reaches_all_and_answers_are_received_from_any()
    {
        if (BusRig.Build())
        {
            Cores.RunOnAll(&AskAll);
            Check.Equal(0, BusRig.Bus.CountBrokenLinks());
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_batch_longer_than_the_queue_arrives_in_order()
    {
        if (BusRig.Build(queueSize: 8))
        {
            Cores.RunOnAll(&SendBatch);
        }
    }

    private static void ExchangeLarge(int core)
    {
        for (int round = 0; round < Rounds && core < 2; round++)
        {
            int length = LargeBytes - (round * 777);
            if (core == 0)
            {
                new Span<byte>(s_source, length).Fill((byte)(round + 1));
                BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendLargeTo(1, new ReadOnlySpan<byte>(s_source, length)));

                // From here on the memory is the sender's again.
                new Span<byte>(s_source, length).Fill(0xEE);
            }
            else
            {
                BusRig.ExpectLength(length, BusRig.End(1).RecvFrom(0, new Span<byte>(s_destination, LargeBytes), out int received), received);
                Check.Equal(length, CountSame(s_destination, length, (byte)(round + 1)));
            }
        }
    }

    private static int CountSame(byte* bytes, int length, byte value)
    {
        int same = 0;
        for (int i = 0; i < length; i++)
        {
            same += bytes[i] == value ? 1 : 0;
        }

        return same;
    }

    private static void AskAll(int core)
    {
        BusEndpoint end = BusRig.End(core);
        for (int round = 0; round < Rounds; round++)
        {
            int message = round;
            Span<byte> bytes = new(&message, sizeof(int));
            if (core != 0)
            {
                BusRig.ExpectLength(sizeof(int), end.RecvFrom(0, bytes, out int received), received);
                Check.Equal(round, message);
                message = (round * 1000) + core;
                BusRig.Expect(BusStatus.Ok, end.SendTo(0, bytes));
                continue;
            }

            BusRig.Expect(BusStatus.Ok, end.Broadcast(bytes));
            ulong answered = 0;
            for (int i = 1; i < Cores.Count; i++)
            {
                BusRig.ExpectLength(sizeof(int), end.RecvFromAny(bytes, out int from, out int received), received);
                Check.Equal((round * 1000) + from, message);
                answered |= 1UL << from;
            }

            Check.Equal((1L << Cores.Count) - 2, (long)answered);
        }
    }

    private static void SendBatch(int core)
    {
        if (core > 1)
        {
            return;
        }

        ushort* numbers = stackalloc ushort[Batch];
        if (core == 0)
        {
            for (int i = 0; i < Batch; i++)
            {
                numbers[i] = (ushort)i;
            }

            ReadOnlySpan<byte> batch = new(numbers, Batch * sizeof(ushort));
            BusRig.Expect(BusStatus.Ok, BusRig.End(0).SendBatchTo(1, batch, sizeof(ushort), out int sent));
            Check.Equal(Batch, sent);
            return;
        }

        int* lengths = stackalloc int[Batch];
        int received = 0;
        while (received < Batch)
        {
            BusStatus status = BusRig.End(1).RecvBatchFrom(
                0,
                new Span<byte>(numbers + received, (Batch - received) * sizeof(ushort)),
                new Span<int>(lengths, Batch - received),
                out int count);
            if (!BusRig.Expect(BusStatus.Ok, status) || !Check.That(count > 0))
            {
                return;
            }

            received += count;
        }

        for (int i = 0; i < Batch; i++)
        {
            Check.Equal(i, numbers[i]);
        }
    }
}

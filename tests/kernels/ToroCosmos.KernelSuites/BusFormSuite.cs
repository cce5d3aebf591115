using System;
using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.KernelSuites;

/// <summary>The forms with a time limit of calls that send more than one message, or a large one, between real cores.</summary>
internal static unsafe class BusFormSuite
{
    private const int QueueSize = 8;
    private const int LargeBytes = 3000;
    private const ulong Millisecond = 1_000_000;

    private static readonly byte[] s_buffer = new byte[LargeBytes];
    private static readonly byte[] s_batch = new byte[2 * QueueSize];

    /// <summary>By core: memory that it lends, then where it receives.</summary>
    private static byte* s_memory;

    private static int s_stillLent;

    [KernelTest(MinimumCores = 2)]
    internal static void A_batch_is_sent_as_far_as_there_is_room_in_time()
    {
        if (!BusRig.Build(queueSize: QueueSize))
        {
            return;
        }

        for (int i = 0; i < s_batch.Length; i++)
        {
            s_batch[i] = (byte)(i + 1);
        }

        BusEndpoint here = BusRig.End(0);
        BusRig.Expect(BusStatus.Full, here.TrySendBatchTo(1, s_batch, 1, out int sent));
        Check.Equal(QueueSize, sent);
        BusRig.Expect(BusStatus.TimedOut, here.SendBatchTo(1, s_batch, 1, Millisecond, out int more));
        Check.Equal(0, more);
        TimedWait.CheckEnds(&SendBatchInVain, 0);

        Cores.Run(1, &TakeBatch);
        ReadOnlySpan<byte> rest = new ReadOnlySpan<byte>(s_batch).Slice(sent);
        BusRig.Expect(BusStatus.Ok, here.SendBatchTo(1, rest, 1, TimedWait.PatienceNs, out more));
        Check.Equal(s_batch.Length - QueueSize, more);
        Cores.Join(1);
    }

    [KernelTest(MinimumCores = 3)]
    internal static void A_broadcast_with_a_limit_reaches_all_or_nobody()
    {
        if (!BusRig.Build(queueSize: QueueSize))
        {
            return;
        }

        BusEndpoint here = BusRig.End(0);
        int last = Cores.Count - 1;
        for (int i = 0; i < QueueSize; i++)
        {
            BusRig.Expect(BusStatus.Ok, here.TrySendTo(last, "f"u8));
        }

        BusRig.Expect(BusStatus.Full, here.TryBroadcast("all"u8));
        BusRig.Expect(BusStatus.TimedOut, here.Broadcast("all"u8, Millisecond));
        Cores.Run(last, &TakeFillersAndOne);
        BusRig.Expect(BusStatus.Ok, here.Broadcast("all"u8, TimedWait.PatienceNs));
        Cores.Join(last);
        for (int core = 1; core < last; core++)
        {
            Cores.Run(core, &TakeOne);
            Cores.Join(core);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Two_cores_that_send_each_other_large_messages_with_a_limit_both_go_on()
    {
        s_memory = PhysicalMemory.Allocate(4 * LargeBytes, 64);
        Volatile.Write(ref s_stillLent, 0);
        if (!Check.That(s_memory != null) || !BusRig.Build(queueSize: QueueSize))
        {
            return;
        }

        Cores.RunOnAll(&SendLargeToEachOther);

        // The first to give up did so with its message untaken.
        Check.That(Volatile.Read(ref s_stillLent) > 0);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Lent_memory_is_waited_for_in_time()
    {
        s_memory = PhysicalMemory.Allocate(4 * LargeBytes, 64);
        if (!Check.That(s_memory != null) || !BusRig.Build(queueSize: QueueSize))
        {
            return;
        }

        BusEndpoint here = BusRig.End(0);
        BusRig.Expect(BusStatus.Ok, here.LendTo(1, s_memory, LargeBytes, out BusLoan loan));
        BusRig.Expect(BusStatus.StillLent, here.TryAwaitReturn(loan));
        BusRig.Expect(BusStatus.StillLent, here.AwaitReturn(loan, Millisecond));
        Cores.Run(1, &TakeLarge);
        BusRig.Expect(BusStatus.Ok, here.AwaitReturn(loan, TimedWait.PatienceNs));
        BusRig.Expect(BusStatus.NotLent, here.AwaitReturn(default));
        Cores.Join(1);
    }

    private static void SendBatchInVain(int core) => BusRig.Expect(
        BusStatus.TimedOut, BusRig.End(core).SendBatchTo(1, s_batch, 1, TimedWait.Nanoseconds, out _));

    private static void TakeBatch(int core)
    {
        byte* message = stackalloc byte[8];
        for (int i = 0; i < 2 * QueueSize; i++)
        {
            BusStatus status = BusRig.End(core).RecvFrom(0, new Span<byte>(message, 8), TimedWait.PatienceNs, out int length);
            if (!BusRig.ExpectLength(1, status, length) || !Check.Equal(i + 1, *message))
            {
                return;
            }
        }
    }

    private static void TakeFillersAndOne(int core)
    {
        byte* message = stackalloc byte[8];
        for (int i = 0; i < QueueSize; i++)
        {
            BusRig.ExpectLength(1, BusRig.End(core).RecvFrom(0, new Span<byte>(message, 8), out int length), length);
        }

        TakeOne(core);
    }

    private static void TakeOne(int core)
    {
        byte* message = stackalloc byte[8];
        BusRig.ExpectLength(3, BusRig.End(core).RecvFrom(0, new Span<byte>(message, 8), out int length), length);
        BusRig.Expect(BusStatus.Empty, BusRig.End(core).TryRecvFrom(0, new Span<byte>(message, 8), out _));
    }

    private static void TakeLarge(int core)
    {
        BusRig.ExpectLength(LargeBytes, BusRig.End(core).RecvFrom(0, s_buffer, out int length), length);
    }

    /// <summary>Neither core takes the other's message before its own call has returned.</summary>
    private static void SendLargeToEachOther(int core)
    {
        if (core > 1)
        {
            return;
        }

        int peer = 1 - core;
        BusEndpoint end = BusRig.End(core);
        byte* memory = s_memory + (core * 2 * LargeBytes);
        BusStatus status = end.SendLargeTo(peer, new ReadOnlySpan<byte>(memory, LargeBytes), Millisecond, out BusLoan loan);
        BusRig.ExpectLength(
            LargeBytes, end.RecvFrom(peer, new Span<byte>(memory + LargeBytes, LargeBytes), out int length), length);
        if (status == BusStatus.StillLent)
        {
            Volatile.Write(ref s_stillLent, 1);
            status = end.AwaitReturn(loan, TimedWait.PatienceNs);
        }

        BusRig.Expect(BusStatus.Ok, status);
    }
}

using System;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.CostKernel;

/// <summary>
/// All ends of a bus, used by one core in turn: what one end does is counted by itself, and no other core runs meanwhile.
/// </summary>
internal sealed unsafe class TwoEnds
{
    /// <summary>A quarter of the queue: as many as a receiver gives back at a time.</summary>
    public const int Messages = QueueSize / 4;

    private const int QueueSize = 64;

    private readonly BusEndpoint[] _ends;
    private readonly WaitSet _set;
    private readonly byte[] _message;
    private readonly byte[] _messages;
    private readonly int[] _lengths = new int[Messages];
    private readonly int _bytes;

    /// <summary>A bus whose queues are initialized.</summary>
    /// <param name="bytes">The length of the messages.</param>
    /// <param name="cores">How many ends.</param>
    public TwoEnds(int bytes, int cores = 2)
    {
        _bytes = bytes;
        _message = new byte[bytes];
        _messages = new byte[bytes * Messages];
        _ends = Create(bytes, cores, Cores.Sleep!, WaitLengths.Default);
        _set = CreateSet(_ends, Cores.Sleep!, WaitLengths.Default);
    }

    /// <summary>The ends of a bus whose queues are initialized, each used once in every direction.</summary>
    public static BusEndpoint[] Create(int bytes, int cores, CoreSleep sleep, WaitLengths waiting)
    {
        var options = new BusOptions { QueueSize = QueueSize, BufferSize = bytes, Waiting = waiting, Checks = BusChecks.Standard };
        nuint size = MessageBus.RequiredBytes(cores, options);
        byte* memory = PhysicalMemory.Allocate(size, MessageBus.MemoryAlignment);
        var bus = new MessageBus(memory, size, cores, sleep, options);
        var ends = new BusEndpoint[cores];
        for (int core = 0; core < cores; core++)
        {
            ends[core] = bus.Endpoint(core);
            ends[core].InitializeQueues();
        }

        return ends;
    }

    /// <summary>A wait set of core 1, for the messages of all others.</summary>
    public static WaitSet CreateSet(BusEndpoint[] ends, CoreSleep sleep, WaitLengths waiting)
    {
        WaitSet set = new(1, ends.Length - 1, sleep, waiting);
        for (int core = 0; core < ends.Length; core++)
        {
            _ = set.Add(ends[1].MessagesFrom(core));
        }

        return set;
    }

    public void Send()
    {
        for (int i = 0; i < Messages; i++)
        {
            Check(_ends[0].SendTo(1, _message));
        }
    }

    public void Receive()
    {
        int length = 0;
        for (int i = 0; i < Messages; i++)
        {
            Check(_ends[1].RecvFrom(0, _message, out length));
        }

        CheckCount(length, _bytes);
    }

    public void SendInPlace()
    {
        for (int i = 0; i < Messages; i++)
        {
            Check(_ends[0].ReserveTo(1, out _));
            Check(_ends[0].CommitTo(1, _bytes));
        }
    }

    public void ReceiveInPlace()
    {
        for (int i = 0; i < Messages; i++)
        {
            Check(_ends[1].PeekFrom(0, out _));
            Check(_ends[1].ReleaseFrom(0));
        }
    }

    public void SendBatch() => Check(_ends[0].SendBatchTo(1, _messages, _bytes, out _));

    public void ReceiveBatch()
    {
        Check(_ends[1].RecvBatchFrom(0, _messages, _lengths, out int count));
        CheckCount(count, Messages);
    }

    public void Broadcast()
    {
        for (int i = 0; i < Messages; i++)
        {
            Check(_ends[0].Broadcast(_message));
        }
    }

    public void ReceiveBroadcasts()
    {
        for (int core = 1; core < _ends.Length; core++)
        {
            int length = 0;
            for (int i = 0; i < Messages; i++)
            {
                Check(_ends[core].RecvFrom(0, _message, out length));
            }

            CheckCount(length, _bytes);
        }
    }

    public void Look()
    {
        for (int i = 0; i < Messages; i++)
        {
            CheckEmpty(_ends[1].TryRecvFrom(0, _message, out _));
        }
    }

    public void LookAtAll()
    {
        for (int i = 0; i < Messages; i++)
        {
            CheckEmpty(_ends[1].TryRecvFromAny(_message, out _, out _));
        }
    }

    public void LookAtSet()
    {
        for (int i = 0; i < Messages; i++)
        {
            CheckCount((int)_set.TryWait(out _), (int)WaitStatus.NoNews);
        }
    }

    private static void Check(BusStatus status) => CheckCount((int)status, (int)BusStatus.Ok);

    private static void CheckEmpty(BusStatus status) => CheckCount((int)status, (int)BusStatus.Empty);

    private static void CheckCount(int count, int expected)
    {
        if (count != expected)
        {
            throw new InvalidOperationException("The bus answered " + count + " and not " + expected + ".");
        }
    }
}

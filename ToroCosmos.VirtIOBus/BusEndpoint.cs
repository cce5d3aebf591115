using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Memory;
using ToroCosmos.Smp;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// The bus as one core sees it. Only that core uses it, from one thread of execution at a time and not from interrupt
/// handlers. No call allocates or throws.
/// <para>
/// Each call comes in three forms: one that blocks, one that tries once, and one with a time limit in nanoseconds. Two
/// cores that block while sending to each other's full queues wait for ever, as with any bounded queue: use a form that
/// does not block where that can happen.
/// </para>
/// </summary>
public sealed unsafe class BusEndpoint
{
    /// <summary>The time limit that never passes.</summary>
    public const ulong NoLimit = ulong.MaxValue;

    private readonly LinkTable _links;
    private readonly LinkWaiter _waiter;
    private readonly CoreSleep _sleep;
    private readonly TickScale _ticks;
    private readonly int _cores;

    internal BusEndpoint(int core, int cores, in LinkTable links, CoreSleep sleep, in WaitLengths waiting, TickScale ticks)
    {
        Core = core;
        _cores = cores;
        _links = links;
        _sleep = sleep;
        _ticks = ticks;
        _waiter = new LinkWaiter(sleep, waiting);
    }

    /// <summary>The core whose endpoint this is.</summary>
    public int Core { get; }

    /// <summary>Initialises this core's queues from all other cores, in the order of the senders.</summary>
    /// <param name="initialized">
    /// Called after each queue with the sender and the receiver, which is this core; null for nothing.
    /// </param>
    public void InitializeQueues(Action<int, int>? initialized = null)
    {
        for (int sender = 0; sender < _cores; sender++)
        {
            if (sender != Core)
            {
                InitializeQueueFrom(sender);
                initialized?.Invoke(sender, Core);
            }
        }
    }

    /// <summary>
    /// Initialises this core's queue from one other core and tells that core, which may already wait to send. Until
    /// then a blocking send to this core waits and a trying one finds the queue full. Again, it has no effect.
    /// </summary>
    /// <param name="core">The sender.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/>, or <see cref="BusStatus.BrokenLink"/> when the
    /// queue was initialised earlier and is broken.
    /// </returns>
    public BusStatus InitializeQueueFrom(int core)
    {
        if (!IsPeer(core))
        {
            return BusStatus.NoSuchCore;
        }

        Link* link = _links.Find(core, Core);
        if (link->Receiver.Condition == QueueCondition.NotInitialized)
        {
            link->Receiver.Initialize(
                _links.Queue(link), _links.Buffers(link), _links.BufferBytes, _links.BufferBytes);
            SetState(&link->ReceiverState, EndState.Ready, core);
        }

        return link->Receiver.IsBroken ? BusStatus.BrokenLink : BusStatus.Ok;
    }

    /// <summary>Sends a message, waiting for room as long as it takes.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.TooLong"/>, <see cref="BusStatus.NoSuchCore"/> or
    /// <see cref="BusStatus.BrokenLink"/>. Unless it is Ok, nothing was sent.
    /// </returns>
    public BusStatus SendTo(int core, ReadOnlySpan<byte> buffer)
    {
        BusStatus status = TrySendTo(core, buffer);
        return status == BusStatus.Full ? SendWhenRoom(core, buffer, NoLimit) : status;
    }

    /// <summary>Sends a message, waiting for room up to a time limit.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="NoLimit"/> never ends.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.TimedOut"/>. Unless it is Ok, nothing was sent.</returns>
    public BusStatus SendTo(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs)
    {
        BusStatus status = TrySendTo(core, buffer);
        return status == BusStatus.Full ? SendWhenRoom(core, buffer, timeoutNs) : status;
    }

    /// <summary>Sends a message if there is room now.</summary>
    /// <param name="core">The receiver.</param>
    /// <param name="buffer">The message, which is copied: 0 to <see cref="BusOptions.BufferSize"/> bytes.</param>
    /// <returns>As the blocking form, or <see cref="BusStatus.Full"/>. Unless it is Ok, nothing was sent.</returns>
    public BusStatus TrySendTo(int core, ReadOnlySpan<byte> buffer)
    {
        if (!IsPeer(core))
        {
            return BusStatus.NoSuchCore;
        }

        uint bytes = (uint)buffer.Length;
        if (bytes > _links.BufferBytes)
        {
            return BusStatus.TooLong;
        }

        Link* link = _links.Find(Core, core);
        byte* room;
        while (!link->Sender.TryReserve(out room))
        {
            BusStatus status = ExplainNoRoom(core, link);
            if (status != BusStatus.Ok)
            {
                return status;
            }
        }

        fixed (byte* source = buffer)
        {
            MemoryCopy.Copy(room, source, bytes);
        }

        if (link->Sender.Commit(bytes))
        {
            _sleep.Wake(core);
        }

        return BusStatus.Ok;
    }

    /// <summary>Receives the oldest message of a core, waiting for one as long as it takes.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <returns>
    /// The length, which may be 0; or, when negative, the status negated: -<see cref="BusStatus.TooLong"/> (the message
    /// stays queued; <see cref="TryRecvFrom"/> tells its length), -<see cref="BusStatus.NoSuchCore"/> or
    /// -<see cref="BusStatus.BrokenLink"/>.
    /// </returns>
    public int RecvFrom(int core, Span<byte> buffer)
    {
        BusStatus status = TryRecvFrom(core, buffer, out int length);
        if (status == BusStatus.Empty)
        {
            status = RecvWhenMessage(core, buffer, NoLimit, out length);
        }

        return status == BusStatus.Ok ? length : -(int)status;
    }

    /// <summary>Receives the oldest message of a core, waiting for one up to a time limit.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="NoLimit"/> never ends.</param>
    /// <param name="length">As in <see cref="TryRecvFrom"/>.</param>
    /// <returns>As <see cref="TryRecvFrom"/>, with <see cref="BusStatus.TimedOut"/> in place of Empty.</returns>
    public BusStatus RecvFrom(int core, Span<byte> buffer, ulong timeoutNs, out int length)
    {
        BusStatus status = TryRecvFrom(core, buffer, out length);
        return status == BusStatus.Empty ? RecvWhenMessage(core, buffer, timeoutNs, out length) : status;
    }

    /// <summary>Receives the oldest message of a core if there is one now.</summary>
    /// <param name="core">The sender.</param>
    /// <param name="buffer">Where to put the message; bytes beyond its length are left as they are.</param>
    /// <param name="length">The length of the message; 0 when there is none.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>; <see cref="BusStatus.TooLong"/> when the message is longer than the buffer: it stays
    /// queued, and <paramref name="length"/> says how much it needs; <see cref="BusStatus.Empty"/>,
    /// <see cref="BusStatus.NoSuchCore"/> or <see cref="BusStatus.BrokenLink"/>.
    /// </returns>
    public BusStatus TryRecvFrom(int core, Span<byte> buffer, out int length)
    {
        length = 0;
        if (!IsPeer(core))
        {
            return BusStatus.NoSuchCore;
        }

        Link* link = _links.Find(core, Core);
        if (!link->Receiver.TryPeek(out byte* data, out uint bytes))
        {
            return ExplainNoMessage(core, link);
        }

        length = (int)bytes;
        if (bytes > (uint)buffer.Length)
        {
            return BusStatus.TooLong;
        }

        fixed (byte* destination = buffer)
        {
            MemoryCopy.Copy(destination, data, bytes);
        }

        if (link->Receiver.Release())
        {
            _sleep.Wake(core);
        }

        return BusStatus.Ok;
    }

    private BusStatus SendWhenRoom(int core, ReadOnlySpan<byte> buffer, ulong timeoutNs)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        OutgoingLink link = new(_links.Find(Core, core));
        BusStatus status = BusStatus.Full;
        while (status == BusStatus.Full)
        {
            if (timeoutNs == 0 || !Wait(link, deadline))
            {
                return BusStatus.TimedOut;
            }

            status = TrySendTo(core, buffer);
        }

        return status;
    }

    private BusStatus RecvWhenMessage(int core, Span<byte> buffer, ulong timeoutNs, out int length)
    {
        ulong deadline = _ticks.DeadlineAfter(timeoutNs);
        IncomingLink link = new(_links.Find(core, Core));
        BusStatus status = BusStatus.Empty;
        length = 0;
        while (status == BusStatus.Empty)
        {
            if (timeoutNs == 0 || !Wait(link, deadline))
            {
                return BusStatus.TimedOut;
            }

            status = TryRecvFrom(core, buffer, out length);
        }

        return status;
    }

    private bool Wait<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitableLink
    {
        if (_waiter.Poll(link))
        {
            return true;
        }

        // A core that waits must not keep back room from others: one of them may have to send before this one goes on.
        for (int core = 0; core < _cores; core++)
        {
            if (core != Core && _links.Find(core, Core)->Receiver.Flush())
            {
                _sleep.Wake(core);
            }
        }

        return _waiter.Sleep(link, deadline);
    }

    /// <summary>Takes the queue up if the receiver has initialised it since; Ok when it is worth another look.</summary>
    private BusStatus ExplainNoRoom(int core, Link* link)
    {
        uint state = RingMemory.Load(&link->ReceiverState);
        QueueCondition condition = link->Sender.Condition;
        if (!link->Sender.IsBroken)
        {
            if (state == EndState.Broken)
            {
                link->Sender.Break(QueueCondition.BrokenByPeer);
            }
            else if (condition == QueueCondition.Working || state == EndState.NotReady)
            {
                return BusStatus.Full;
            }
            else
            {
                condition = link->Sender.Initialize(
                    _links.Queue(link), _links.Buffers(link), _links.BuffersBytes, _links.BufferBytes);
                if (condition == QueueCondition.Working)
                {
                    return BusStatus.Ok;
                }
            }
        }

        SetState(&link->SenderState, EndState.Broken, core);
        return BusStatus.BrokenLink;
    }

    private BusStatus ExplainNoMessage(int core, Link* link)
    {
        switch (link->Receiver.Condition)
        {
            case QueueCondition.NotInitialized:
                return BusStatus.BrokenLink;
            case QueueCondition.Working when RingMemory.Load(&link->SenderState) != EndState.Broken:
                return BusStatus.Empty;
            default:
                link->Receiver.Break(QueueCondition.BrokenByPeer);
                SetState(&link->ReceiverState, EndState.Broken, core);
                return BusStatus.BrokenLink;
        }
    }

    /// <summary>Tells the other end of a link, which may sleep, the state of this end, once.</summary>
    private void SetState(uint* state, uint value, int peer)
    {
        if (RingMemory.Load(state) != value)
        {
            // Orders all that was done to the queue before the state.
            RingMemory.Store(state, value);

            // Orders the state before the wake-up.
            RingMemory.Fence();
            _sleep.Wake(peer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPeer(int core) => (uint)core < (uint)_cores && core != Core;
}

using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.VirtIOBus.Loans;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// The bus as one core sees it. Only that core uses it, from one thread of execution at a time and not from interrupt
/// handlers; <see cref="Cancel"/> alone is for all. No call allocates or throws.
/// <para>
/// Most calls come in three forms: one that blocks, one that tries once, and one with a time limit in nanoseconds. Two
/// cores that block while sending to each other's full queues wait for ever, as with any bounded queue: use a form that
/// does not block where that can happen.
/// </para>
/// <para>
/// Messages are copied by <see cref="SendTo(int, ReadOnlySpan{byte})"/> and <see cref="RecvFrom(int, Span{byte})"/>,
/// made and read in place by Reserve, Commit, Peek and Release, sent many at a time by SendBatchTo and RecvBatchFrom,
/// and of any length with a single copy by <see cref="SendLargeTo"/>.
/// </para>
/// </summary>
[AnyCore]
public sealed unsafe partial class BusEndpoint
{
    /// <summary>The time limit that never passes.</summary>
    public const ulong NoLimit = ulong.MaxValue;

    // The links by the other core, a null pointer for this one.
    private readonly nint[] _incoming;
    private readonly nint[] _outgoing;

    // Where this core is asked to wait no more; null on a bus without links.
    private readonly uint* _cancel;

    private readonly LinkTable _links;
    private readonly LinkWaiter _waiter;
    private readonly CoreSleep _sleep;
    private readonly LendableMemory? _lendable;
    private readonly LinkGuard? _guard;
    private readonly TickScale _ticks;
    private readonly int _cores;
    private readonly int _pollSteps;
    private readonly uint _messageBytes;

    internal BusEndpoint(int core, int cores, in LinkTable links, CoreSleep sleep, TickScale ticks, BusOptions options)
    {
        Core = core;
        _cores = cores;
        _links = links;
        _messageBytes = links.MessageBytes;
        _sleep = sleep;
        _ticks = ticks;
        _lendable = options.Lendable;
        _guard = options.Checks == BusChecks.Full ? new LinkGuard(links) : null;
        _pollSteps = options.Waiting.PollSteps;
        _incoming = new nint[cores];
        _outgoing = new nint[cores];
        for (int peer = 0; peer < cores; peer++)
        {
            if (peer != core)
            {
                _incoming[peer] = (nint)links.Find(peer, core);
                _outgoing[peer] = (nint)links.Find(core, peer);
            }
        }

        Link* first = Find(_outgoing, core == 0 ? 1 : 0);
        _cancel = first == null ? null : &first->CancelRequest;

        _waiter = new LinkWaiter(sleep, options.Waiting, _cancel);
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
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/>, or <see cref="BusStatus.BrokenLink"/> or
    /// <see cref="BusStatus.Closed"/> when the queue was initialised earlier and is that now: <see cref="ResetFrom(int)"/>
    /// initialises it again.
    /// </returns>
    public BusStatus InitializeQueueFrom(int core)
    {
        Link* link = IncomingFrom(core);
        if (link == null)
        {
            return BusStatus.NoSuchCore;
        }

        if (link->Receiver.Condition == QueueCondition.NotInitialized)
        {
            SetUpIncoming(core, link);
        }

        return link->Receiver.IsBroken ? Explain(link->Receiver.Condition) : BusStatus.Ok;
    }

    /// <summary>Initialises a queue that the sender does not touch, and tells it.</summary>
    private void SetUpIncoming(int core, Link* link)
    {
        _guard?.Prepare(link);
        link->Receiver.Initialize(_links.Queue(link), _links.Buffers(link), _links.BufferBytes, _links.StrideBytes);
        SetState(&link->ReceiverState, link->ReceiverRecord.Generation | EndState.Ready, core);
    }

    /// <summary>What calls on a link answer that is not used any more.</summary>
    private static BusStatus Explain(QueueCondition reason) =>
        reason is QueueCondition.Closed or QueueCondition.ClosedByPeer ? BusStatus.Closed : BusStatus.BrokenLink;

    /// <summary>How an end tells the other one the same.</summary>
    private static uint StateOf(QueueCondition reason) =>
        reason is QueueCondition.Closed or QueueCondition.ClosedByPeer ? EndState.Closed : EndState.Broken;

    /// <summary>The state of an end that the other one says is not there, or is.</summary>
    private static QueueCondition ReasonOf(uint peerWord) =>
        EndState.Of(peerWord) == EndState.Closed ? QueueCondition.ClosedByPeer : QueueCondition.BrokenByPeer;

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

    /// <summary>Looks again at once, then as <see cref="Sleep"/>.</summary>
    /// <returns>Ok when it is worth another look, else TimedOut or Cancelled.</returns>
    private BusStatus Await<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitableLink
    {
        if (TakeCancel())
        {
            return BusStatus.Cancelled;
        }

        return _waiter.Poll(link) || Sleep(link, deadline) ? BusStatus.Ok : BusStatus.TimedOut;
    }

    /// <summary>Pauses, then sleeps, until a link has news, the time is over, or this core is asked to wait no more.</summary>
    /// <returns>False when the time is over.</returns>
    private bool Sleep<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitableLink
    {
        // A core that waits must not keep back room, or messages, from others: one of them may have to act before this
        // one can go on.
        for (int core = 0; core < _cores; core++)
        {
            if (core != Core)
            {
                FlushFrom(core, IncomingFrom(core));
                FlushTo(core, OutgoingTo(core));
            }
        }

        return _waiter.Sleep(link, deadline);
    }

    /// <summary>Shows the receiver what was made and kept back.</summary>
    private void FlushTo(int core, Link* link)
    {
        if (link->Sender.Flush())
        {
            WakeReceiver(core, link);
        }
    }

    /// <summary>Gives the sender the room that was taken back and withheld.</summary>
    private void FlushFrom(int core, Link* link)
    {
        if (link->Receiver.Flush())
        {
            WakeSender(core, link);
        }
    }

    /// <summary>Wakes a receiver that announced that it sleeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WakeReceiver(int core, Link* link)
    {
        link->SenderRecord.WakeUps++;
        _sleep.Wake(core);
    }

    /// <summary>Wakes a sender that announced that it sleeps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WakeSender(int core, Link* link)
    {
        link->ReceiverRecord.WakeUps++;
        _sleep.Wake(core);
    }

    /// <summary>The link from another core; null when the number is not that of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Link* IncomingFrom(int core) => Find(_incoming, core);

    /// <summary>The link to another core; null when the number is not that of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Link* OutgoingTo(int core) => Find(_outgoing, core);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Link* Find(nint[] links, int core) => (uint)core < (uint)links.Length ? (Link*)links[core] : null;
}

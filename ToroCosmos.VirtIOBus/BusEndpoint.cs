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
/// Every call answers with a <see cref="BusStatus"/>. One that may have to wait has three forms: <c>X</c> waits as long as
/// it takes, <c>TryX</c> looks once, and <c>X</c> with a time in nanoseconds waits up to that long. Two cores that block
/// while sending to each other's full queues wait for ever, as with any bounded queue: use another form where that can
/// happen.
/// </para>
/// <para>
/// What a call answers of a link that its other end or <see cref="Close"/> has closed, <see cref="BusStatus.Closed"/>,
/// and what it answers when <see cref="Cancel"/> ends its wait, <see cref="BusStatus.Cancelled"/>, is not told with each.
/// </para>
/// <para>
/// Messages are copied by <see cref="SendTo(int, ReadOnlySpan{byte})"/> and <see cref="RecvFrom(int, Span{byte}, out int)"/>,
/// made and read in place by Reserve, Commit, Peek and Release, sent many at a time by SendBatchTo and RecvBatchFrom,
/// and of any length with a single copy by <see cref="SendLargeTo(int, ReadOnlySpan{byte})"/>.
/// </para>
/// </summary>
[AnyCore]
public sealed unsafe partial class BusEndpoint
{
    // The links by the other core, a null pointer for this one.
    private readonly nint[] _incoming;
    private readonly nint[] _outgoing;

    // Where a call finds its link: the same arrays, or with a caller to check empty ones. Then every call finds none and
    // asks for the checked one; without, none pays for the check.
    private readonly nint[] _openIncoming;
    private readonly nint[] _openOutgoing;

    // Where this core is asked to wait no more; null on a bus without links.
    private readonly uint* _cancel;

    private readonly LinkTable _links;
    private readonly Waiter _waiter;
    private readonly CoreSleep _sleep;
    private readonly LendableMemory? _lendable;
    private readonly LinkGuard? _guard;
    private readonly CallingCore? _caller;
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
        _caller = options.Checks == BusChecks.Full ? options.Caller : null;
        _pollSteps = options.Waiting.PollSteps;
        _incoming = new nint[cores];
        _outgoing = new nint[cores];
        _messagesFrom = new MessageSource?[cores];
        _roomTo = new RoomSource?[cores];
        _messagesFromAny = new AnyMessageSource(this, new AnyIncomingLink(links, core, cores));
        for (int peer = 0; peer < cores; peer++)
        {
            if (peer != core)
            {
                _incoming[peer] = (nint)links.Find(peer, core);
                _outgoing[peer] = (nint)links.Find(core, peer);
                _messagesFrom[peer] = new MessageSource(this, links.Find(peer, core));
                _roomTo[peer] = new RoomSource(this, links.Find(core, peer));
            }
        }

        _openIncoming = _caller == null ? _incoming : [];
        _openOutgoing = _caller == null ? _outgoing : [];
        Link* first = Find(_outgoing, core == 0 ? 1 : 0);
        _cancel = first == null ? null : &first->CancelRequest;
        _waiter = new Waiter(sleep, options.Waiting, ticks);
    }

    /// <summary>The core whose endpoint this is.</summary>
    public int Core { get; }

    /// <summary>Initializes this core's queues from all other cores, in the order of the senders.</summary>
    /// <param name="initialized">
    /// Called after each queue with the sender and the receiver, which is this core; null for nothing.
    /// </param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, or <see cref="BusStatus.BrokenLink"/> when one was initialized earlier and is broken:
    /// the others are initialized all the same.
    /// </returns>
    public BusStatus InitializeQueues(Action<int, int>? initialized = null)
    {
        if (IsWrongCore)
        {
            return BusStatus.WrongCore;
        }

        BusStatus result = BusStatus.Ok;
        for (int sender = 0; sender < _cores; sender++)
        {
            if (sender != Core)
            {
                BusStatus status = InitializeQueueFrom(sender);
                result = status == BusStatus.Ok ? result : status;
                initialized?.Invoke(sender, Core);
            }
        }

        return result;
    }

    /// <summary>
    /// Initializes this core's queue from one other core and tells that core, which may already wait to send. Until
    /// then a send to this core waits, and one that tries answers <see cref="BusStatus.NotReady"/>. Again, it has no
    /// effect.
    /// </summary>
    /// <param name="core">The sender.</param>
    /// <returns>
    /// <see cref="BusStatus.Ok"/>, <see cref="BusStatus.NoSuchCore"/>, or <see cref="BusStatus.BrokenLink"/> or
    /// <see cref="BusStatus.Closed"/> when the queue was initialized earlier and is that now: <see cref="ResetFrom(int)"/>
    /// initializes it again.
    /// </returns>
    public BusStatus InitializeQueueFrom(int core)
    {
        Link* link = Find(_openIncoming, core);
        if (link == null && (link = CheckedIncomingFrom(core)) == null)
        {
            return ExplainNoLink();
        }

        if (link->Receiver.Condition == QueueCondition.NotInitialized)
        {
            SetUpIncoming(core, link);
        }

        return link->Receiver.IsBroken ? Explain(link->Receiver.Condition) : BusStatus.Ok;
    }

    /// <summary>Initializes a queue that the sender does not touch, and tells it.</summary>
    private void SetUpIncoming(int core, Link* link)
    {
        _guard?.Prepare(link);
        link->Receiver.Initialize(_links.Queue(link), _links.Buffers(link), _links.BufferBytes, _links.StrideBytes);
        SetState(&link->ReceiverState, link->ReceiverRecord.Generation | EndState.Ready, core);
    }

    /// <summary>What calls on a link answer that is not used any more.</summary>
    private static BusStatus Explain(QueueCondition reason) =>
        EndRecord.IsClosed(reason) ? BusStatus.Closed : BusStatus.BrokenLink;

    /// <summary>How an end tells the other one the same.</summary>
    private static uint StateOf(QueueCondition reason) =>
        EndRecord.IsClosed(reason) ? EndState.Closed : EndState.Broken;

    /// <summary>The state of an end that the other one says is not there, or is.</summary>
    private static QueueCondition ReasonOf(uint peerWord) =>
        EndState.Of(peerWord) == EndState.Closed ? QueueCondition.ClosedByPeer : QueueCondition.BrokenByPeer;

    /// <summary>Tells the other end of a link, which may sleep, the state of this end, once.</summary>
    private void SetState(uint* state, uint value, int peer)
    {
        if (RingMemory.Load(state) != value)
        {
            // Orders all that was done to the queue before the state, as the wake-up is ordered behind it.
            RingMemory.Store(state, value);
            _sleep.Wake(peer);
        }
    }

    /// <summary>Looks again at once, then as <see cref="Sleep"/>.</summary>
    /// <returns>Ok when it is worth another look, else TimedOut or Cancelled.</returns>
    private BusStatus Await<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitable
    {
        if (TakeCancel())
        {
            return BusStatus.Cancelled;
        }

        return _waiter.Poll(link) || Sleep(link, deadline) ? BusStatus.Ok : BusStatus.TimedOut;
    }

    /// <summary>
    /// Gives others what this core keeps back. A core that waits must not keep back room, or messages: one of the others may
    /// have to act before this one can go on.
    /// </summary>
    internal void Flush()
    {
        for (int core = 0; core < _cores; core++)
        {
            if (core != Core)
            {
                FlushFrom(core, IncomingFrom(core));
                FlushTo(core, OutgoingTo(core));
            }
        }
    }

    /// <summary>Pauses, then sleeps, until a link has news, the time is over, or this core is asked to wait no more.</summary>
    /// <returns>False when the time is over.</returns>
    private bool Sleep<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitable
    {
        Flush();
        return _waiter.Sleep(new CancellableLink<TLink>(link, _cancel), deadline);
    }

    /// <summary>Publishes to the receiver what was made and kept back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FlushTo(int core, Link* link)
    {
        if (link->Sender.Flush())
        {
            _sleep.Wake(core);
        }
    }

    /// <summary>Gives the sender the room that was taken back and withheld.</summary>
    private void FlushFrom(int core, Link* link)
    {
        if (link->Receiver.Flush())
        {
            _sleep.Wake(core);
        }
    }

    /// <summary>The link from another core; null when the number is not that of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Link* IncomingFrom(int core) => Find(_incoming, core);

    /// <summary>The link to another core; null when the number is not that of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Link* OutgoingTo(int core) => Find(_outgoing, core);

    /// <summary>As <see cref="IncomingFrom"/>, for a call that is to be checked; null also when that fails.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Link* CheckedIncomingFrom(int core) => IsWrongCore ? null : IncomingFrom(core);

    /// <summary>As <see cref="OutgoingTo"/>, for a call that is to be checked; null also when that fails.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Link* CheckedOutgoingTo(int core) => IsWrongCore ? null : OutgoingTo(core);

    /// <summary>Whether another core than this one calls; known only when it is to be checked.</summary>
    private bool IsWrongCore => _caller != null && IsCalledElsewhere();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsCalledElsewhere() => !_caller!.Is(Core);

    /// <summary>Why there is no link for a call.</summary>
    private BusStatus ExplainNoLink() => IsWrongCore ? BusStatus.WrongCore : BusStatus.NoSuchCore;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Link* Find(nint[] links, int core) => (uint)core < (uint)links.Length ? (Link*)links[core] : null;
}

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
/// handlers. No call allocates or throws.
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

    private readonly LinkTable _links;
    private readonly Waiter _waiter;
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

        _waiter = new Waiter(sleep, options.Waiting, ticks);
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
        Link* link = IncomingFrom(core);
        if (link == null)
        {
            return BusStatus.NoSuchCore;
        }

        if (link->Receiver.Condition == QueueCondition.NotInitialized)
        {
            _guard?.Prepare(link);
            link->Receiver.Initialize(_links.Queue(link), _links.Buffers(link), _links.BufferBytes, _links.StrideBytes);
            SetState(&link->ReceiverState, EndState.Ready, core);
        }

        return link->Receiver.IsBroken ? BusStatus.BrokenLink : BusStatus.Ok;
    }

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

    /// <summary>
    /// Gives others what this core keeps back. A core that waits must not keep back room, or messages: one of the others may
    /// have to act before this one can go on.
    /// </summary>
    internal void Flush()
    {
        for (int core = 0; core < _cores; core++)
        {
            if (core != Core && (IncomingFrom(core)->Receiver.Flush() | OutgoingTo(core)->Sender.Flush()))
            {
                _sleep.Wake(core);
            }
        }
    }

    /// <summary>Pauses, then sleeps, until a link has news or the time is over.</summary>
    /// <returns>Whether there is news.</returns>
    private bool Sleep<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitable
    {
        Flush();
        return _waiter.Sleep(link, deadline);
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

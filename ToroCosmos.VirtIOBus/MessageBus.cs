using System;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.VirtIOBus.Diagnostics;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// Messages between cores. From every core to every other one leads a link, which is a VirtIO split virtqueue: the
/// receiver is its driver and owns the buffers, the sender is its device and fills them. Messages of a link arrive
/// once, whole and in order; links are independent of each other. There are no locks.
/// <para>
/// The bus is built on one core, then each core takes its <see cref="Endpoint"/> and initializes its own queues, after
/// which others can send to it.
/// </para>
/// </summary>
public sealed unsafe partial class MessageBus
{
    /// <summary>The alignment of the bus's memory, in bytes.</summary>
    public const int MemoryAlignment = VirtqueueMemory.LineBytes;

    private readonly LinkTable _links;
    private readonly BusEndpoint[] _endpoints;

    /// <summary>Builds a bus. Allocates; for the boot core, before others use it.</summary>
    /// <param name="memory">Memory aligned to <see cref="MemoryAlignment"/>, with any content; the bus's from now on.</param>
    /// <param name="memoryBytes">Its length: at least <see cref="RequiredBytes"/>.</param>
    /// <param name="cores">
    /// How many cores the bus joins: 1 or more, numbered from 0. One core has nobody to talk to, but may ask.
    /// </param>
    /// <param name="sleep">How a core sleeps and wakes others.</param>
    /// <param name="options">The sizes; null for the defaults.</param>
    /// <exception cref="ArgumentException">An argument is outside its range.</exception>
    public MessageBus(byte* memory, nuint memoryBytes, int cores, CoreSleep sleep, BusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sleep);
        options ??= new BusOptions();
        nuint required = RequiredBytes(cores, options);
        if ((memory == null && required != 0) || ((nuint)memory & (MemoryAlignment - 1)) != 0)
        {
            throw new ArgumentException("The bus needs memory aligned to 128 bytes.", nameof(memory));
        }

        if (memoryBytes < required)
        {
            throw new ArgumentException(
                "The bus needs " + required + " bytes of memory; it was given " + memoryBytes + ".", nameof(memoryBytes));
        }

        Cores = cores;
        QueueSize = options.QueueSize;
        BufferSize = options.BufferSize;
        _links = new LinkTable(memory, cores, options.LinkSizes);
        for (int receiver = 0; receiver < cores; receiver++)
        {
            for (int sender = 0; sender < cores; sender++)
            {
                if (sender != receiver)
                {
                    *_links.Find(sender, receiver) = default;
                }
            }
        }

        TickScale ticks = TickScale.OfClock;
        _endpoints = new BusEndpoint[cores];
        for (int core = 0; core < cores; core++)
        {
            _endpoints[core] = new BusEndpoint(core, cores, _links, sleep, ticks, options);
        }
    }

    /// <summary>How many cores the bus joins.</summary>
    public int Cores { get; }

    /// <summary>How many messages a link holds.</summary>
    public int QueueSize { get; }

    /// <summary>The longest message that is copied into the bus, in bytes.</summary>
    public int BufferSize { get; }

    /// <summary>How much memory a bus takes, in bytes.</summary>
    /// <param name="cores">How many cores it joins: 1 or more; one core takes none.</param>
    /// <param name="options">The sizes; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// An argument is outside its range, or the sum is more than this machine can address.
    /// </exception>
    public static nuint RequiredBytes(int cores, BusOptions? options = null)
    {
        options ??= new BusOptions();
        options.Validate();
        if (cores < 1)
        {
            throw new ArgumentException("A bus joins at least one core; it was given " + cores + ".", nameof(cores));
        }

        if (!LinkTable.TryRequiredBytes(cores, options.LinkSizes, out nuint bytes))
        {
            throw new ArgumentException(
                "A bus of " + cores + " cores with these sizes takes more memory than can be addressed.", nameof(cores));
        }

        return bytes;
    }

    /// <summary>The bus as one core sees it. Only that core may use it. For the boot core; others have <see cref="MachineBus.Current"/>.</summary>
    /// <param name="core">From 0 to <see cref="Cores"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such core.</exception>
    public BusEndpoint Endpoint(int core)
    {
        if ((uint)core >= (uint)Cores)
        {
            throw new ArgumentOutOfRangeException(nameof(core));
        }

        return _endpoints[core];
    }

    /// <summary>The endpoint of a core that exists; unlike <see cref="Endpoint"/> it does not throw.</summary>
    internal BusEndpoint EndpointOf(int core) => _endpoints[core];

    /// <summary>Tells what is known of a link. Any core may ask; the answer may be outdated when it arrives.</summary>
    /// <param name="sender">The core that sends.</param>
    /// <param name="receiver">The core that receives.</param>
    /// <returns>The report; its state is <see cref="LinkState.None"/> when the two are not two cores of the bus.</returns>
    [AnyCore]
    public LinkReport InspectLink(int sender, int receiver)
    {
        if (!HasLink(sender, receiver))
        {
            return default;
        }

        Link* link = _links.Find(sender, receiver);
        uint receiverState = RingMemory.Load(&link->ReceiverState);
        uint senderState = RingMemory.Load(&link->SenderState);
        QueueCondition atSender = link->Sender.Condition;
        QueueCondition atReceiver = link->Receiver.Condition;
        LinkState state = LinkState.Ready;
        if (IsViolated(atSender) || IsViolated(atReceiver))
        {
            state = LinkState.Broken;
        }
        else if (atSender > QueueCondition.Working || atReceiver > QueueCondition.Working)
        {
            state = LinkState.Closed;
        }
        else if (EndState.Of(receiverState) == EndState.NotReady
            || EndState.GenerationOf(receiverState) != EndState.GenerationOf(senderState))
        {
            state = LinkState.NotReady;
        }

        return new LinkReport(state, atSender, atReceiver);
    }

    /// <summary>Tells what happened on a link. Any core may ask; the answer may be outdated when it arrives.</summary>
    /// <param name="sender">The core that sends.</param>
    /// <param name="receiver">The core that receives.</param>
    /// <returns>The counts; all 0 when the two are not two cores of the bus.</returns>
    [AnyCore]
    public LinkCounters ReadCounters(int sender, int receiver) =>
        HasLink(sender, receiver) ? LinkCounters.Of(_links.Find(sender, receiver)) : default;

    /// <summary>Tells how often one end of a link found a certain violation by the other. Any core may ask.</summary>
    /// <param name="sender">The core that sends.</param>
    /// <param name="receiver">The core that receives.</param>
    /// <param name="kind">The violation.</param>
    /// <returns>The count; 0 for what is none, or when the two are not two cores of the bus.</returns>
    [AnyCore]
    public long CountViolations(int sender, int receiver, QueueCondition kind) =>
        HasLink(sender, receiver) ? Link.CountViolations(_links.Find(sender, receiver), kind) : 0;

    private bool HasLink(int sender, int receiver) =>
        (uint)sender < (uint)Cores && (uint)receiver < (uint)Cores && sender != receiver;

    private static bool IsViolated(QueueCondition condition) =>
        condition > QueueCondition.Working && !EndRecord.IsClosed(condition);

    /// <summary>Counts the links that are broken.</summary>
    [AnyCore]
    public int CountBrokenLinks()
    {
        int broken = 0;
        for (int receiver = 0; receiver < Cores; receiver++)
        {
            for (int sender = 0; sender < Cores; sender++)
            {
                if (InspectLink(sender, receiver).State == LinkState.Broken)
                {
                    broken++;
                }
            }
        }

        return broken;
    }
}

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Links;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A bus and its memory: the fields that both ends of a link access are shared.</summary>
internal sealed unsafe class BusMemory : ExploredMemory
{
    private const int LineBytes = VirtqueueMemory.LineBytes;

    // All of a record but the two fields before.
    private const int CountBytes = EndRecord.Bytes - (2 * sizeof(uint));

    private readonly BusOptions _options;
    private readonly int _busBytes;
    private readonly List<WaitSet> _sets = [];

    /// <summary>The receivers of messages, by where they announce that they sleep.</summary>
    private readonly Dictionary<int, int> _sleepers = [];

    /// <param name="cores">How many cores.</param>
    /// <param name="queueSize">How many messages a link holds.</param>
    /// <param name="messageBytes">The longest message that is copied.</param>
    /// <param name="waiting">How long to look before sleep.</param>
    /// <param name="hasLooks">As for <see cref="ExploredSleep"/>.</param>
    public BusMemory(int cores, int queueSize, int messageBytes, WaitLengths waiting, bool hasLooks = false)
        : this(cores, hasLooks, new BusOptions
        {
            QueueSize = queueSize,
            BufferSize = messageBytes,
            Waiting = waiting,
            Lendable = new LentMemory(),
            Checks = BusChecks.Standard,
        })
    {
    }

    private BusMemory(int cores, bool hasLooks, BusOptions options)
        : base((int)MessageBus.RequiredBytes(cores, options) + ((1 + cores) * LineBytes) + CoreSignal.MemoryBytes)
    {
        _options = options;
        _busBytes = (int)MessageBus.RequiredBytes(cores, options);
        Bus = new MessageBus(Start, (nuint)_busBytes, cores, new ExploredSleep(hasLooks), options);
        ((LentMemory)options.Lendable!).LieIn(Lent, LineBytes);
        foreach ((int sender, int receiver) in Pairs())
        {
            _sleepers.Add(OffsetOf((byte*)Links.Queue(Links.Find(sender, receiver)).AvailFlags), receiver);
        }
    }

    public MessageBus Bus { get; }

    /// <summary>Memory beside the bus that cores lend to each other; 128 bytes.</summary>
    public byte* Lent => Start + _busBytes;

    /// <summary>Where a core keeps what its next step needs; 128 bytes.</summary>
    public int* NotesOf(int core) => (int*)(Start + _busBytes + ((1 + core) * LineBytes));

    /// <summary>Memory for a signal between cores.</summary>
    public byte* Signal => Start + SignalOffset;

    public LinkTable Links => new(Start, Bus.Cores, _options.LinkSizes);

    /// <summary>Makes a wait set, whose turns are kept with each core's state. Its sources are added before the exploration.</summary>
    public WaitSet CreateSet(int core, params WaitSource?[] sources) => CreateSet(core, new ExploredSleep(), sources);

    /// <summary>The same, of a core that sleeps in another way.</summary>
    public WaitSet CreateSet(int core, ExploredSleep sleep, params WaitSource?[] sources)
    {
        WaitSet set = new(core, sources.Length, sleep, _options.Waiting);
        _sets.Add(set);
        return Array.TrueForAll(sources, source => set.Add(source) == WaitStatus.Ok)
            ? set
            : throw new ArgumentException("These are no sources of one core.", nameof(sources));
    }

    /// <inheritdoc/>
    public override int SleeperAt(int offset) => _sleepers.GetValueOrDefault(offset, -1);

    /// <inheritdoc/>
    public override string NameOf(int offset)
    {
        byte* address = Start + offset;
        if (address >= Signal)
        {
            return $"signal+{address - Signal}";
        }

        if (offset >= _busBytes)
        {
            return $"lent memory+{offset - _busBytes}";
        }

        foreach ((int sender, int receiver) in Pairs())
        {
            Link* link = Links.Find(sender, receiver);
            VirtqueueMemory queue = Links.Queue(link);
            string name = $"link {sender}->{receiver}";
            if (address == (byte*)&link->ReceiverState || address == (byte*)&link->SenderState)
            {
                return $"{name} {(address == (byte*)&link->ReceiverState ? "receiver" : "sender")} state";
            }

            if (address == (byte*)&link->CancelRequest)
            {
                return $"core {sender} cancel request";
            }

            (nint Begin, string Area)[] areas =
            [
                ((nint)queue.Descriptors, "descriptors"),
                ((nint)queue.AvailFlags, "available flags"),
                ((nint)queue.AvailIndex, "available index"),
                ((nint)queue.AvailEntries, "available entries"),
                ((nint)queue.UsedFlags, "used flags"),
                ((nint)queue.UsedIndex, "used index"),
                ((nint)queue.UsedElements, "used element"),
                ((nint)Links.Buffers(link), "buffer"),
            ];
            if (address >= (byte*)queue.Descriptors && address < Links.Buffers(link) + Links.BuffersBytes)
            {
                (nint begin, string area) = Array.FindLast(areas, entry => entry.Begin <= (nint)address);
                return $"{name} {area}+{(nint)address - begin}";
            }
        }

        return $"+{offset}";
    }

    /// <inheritdoc/>
    protected override IEnumerable<Range> SharedRanges()
    {
        yield return _busBytes..(_busBytes + LineBytes);
        yield return SignalOffset..(SignalOffset + CoreSignal.MemoryBytes);
        int links = Bus.Cores * (Bus.Cores - 1);
        int linkBytes = _busBytes / links;
        for (int link = 0; link < links; link++)
        {
            int begin = link * linkBytes;

            // The ends' states, and the sender's request to cancel behind its own.
            yield return begin..(begin + sizeof(uint));
            yield return (begin + LineBytes)..(begin + LineBytes + (2 * sizeof(uint)));
            yield return (begin + Link.Bytes)..(begin + linkBytes);
        }
    }

    /// <inheritdoc/>
    protected override void Forget(Span<byte> image)
    {
        foreach ((int sender, int receiver) in Pairs())
        {
            Link* link = Links.Find(sender, receiver);
            image.Slice(OffsetOf((byte*)&link->ReceiverRecord.Messages), CountBytes).Clear();
            image.Slice(OffsetOf((byte*)&link->SenderRecord.Messages), CountBytes).Clear();
            image.Slice(OffsetOf((byte*)Unsafe.AsPointer(ref WakeUpsOf(ref link->Receiver))), sizeof(uint)).Clear();
            image.Slice(OffsetOf((byte*)Unsafe.AsPointer(ref WakeUpsOf(ref link->Sender))), sizeof(uint)).Clear();
        }
    }

    /// <inheritdoc/>
    protected override int ObjectBytes => (Bus.Cores + _sets.Count) * sizeof(int);

    /// <inheritdoc/>
    protected override void SaveObjects(Span<byte> image)
    {
        Span<int> words = MemoryMarshal.Cast<byte, int>(image);
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = First(i);
        }
    }

    /// <inheritdoc/>
    protected override void RestoreObjects(ReadOnlySpan<byte> image)
    {
        ReadOnlySpan<int> words = MemoryMarshal.Cast<byte, int>(image);
        for (int i = 0; i < words.Length; i++)
        {
            First(i) = words[i];
        }
    }

    /// <summary>Whose turn it is: of the endpoints, then of the wait sets.</summary>
    private ref int First(int index) =>
        ref index < Bus.Cores ? ref FirstOf(Bus.Endpoint(index)) : ref FirstOf(_sets[index - Bus.Cores]);

    /// <summary>Whose turn it is to be looked at: the one thing that a wait set with all its sources keeps in itself.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_first")]
    private static extern ref int FirstOf(WaitSet set);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_wakeUps")]
    private static extern ref uint WakeUpsOf(ref InOrderDriver receiver);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_wakeUps")]
    private static extern ref uint WakeUpsOf(ref InOrderDevice sender);

    /// <summary>Whose turn it is to be received from: the one thing that an endpoint keeps in itself.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_first")]
    private static extern ref int FirstOf(BusEndpoint endpoint);

    private int SignalOffset => _busBytes + ((1 + Bus.Cores) * LineBytes);

    private IEnumerable<(int Sender, int Receiver)> Pairs()
    {
        for (int sender = 0; sender < Bus.Cores; sender++)
        {
            for (int receiver = 0; receiver < Bus.Cores; receiver++)
            {
                if (receiver != sender)
                {
                    yield return (sender, receiver);
                }
            }
        }
    }
}

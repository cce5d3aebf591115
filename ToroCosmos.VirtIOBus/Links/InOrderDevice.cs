using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// The device's side of a split virtqueue that carries messages to the driver: it fills the driver's buffers in the
/// order they were made available (VIRTIO_F_IN_ORDER) and marks them used.
/// <para>
/// It is a private profile of the split virtqueue, made for <see cref="InOrderDriver"/> and for no other driver: the
/// driver makes as many buffers available as the queue holds before the device looks for the first time, buffer i of one
/// length in descriptor i and entry i, one behind the other. A driver that conforms to VirtIO but makes fewer, other or
/// chained buffers available is refused.
/// </para>
/// <para>
/// The descriptors and the available entries are read and checked once, at set-up, and what they say is kept here: the
/// driver cannot change it afterwards. Of a running queue only the available index and flags are read, each once, and
/// the index is checked; a violation breaks the queue for good, with the reason in <see cref="Condition"/>.
/// </para>
/// <para>
/// The structure is the side's private block: it is placed at a 128-byte-aligned address, never copied, and used by one
/// core at a time. Zeroed memory is a queue that is not initialized.
/// </para>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = VirtqueueMemory.LineBytes)]
public unsafe struct InOrderDevice
{
    /// <summary>From this length of messages on <see cref="PrefetchNext"/> is worth its time, in bytes.</summary>
    public const uint MinimumPrefetch = 256;

    // More would drive out of the cache what it is to hold.
    private const uint MaximumPrefetch = 64 * 1024;
    private const uint CacheLineBytes = 64;

    private ushort* _availIndex;
    private ushort* _usedIndex;
    private UsedElement* _usedElements;
    private byte* _buffers;

    // Free-running; the ring's index is its low 16 bits and the slot fewer still.
    private uint _next;            // The next buffer to use.

    private uint _strideBytes;
    private uint _bytes;           // The lengths of all messages together, less what _bytesSeen holds.
    private uint _slotMask;
    private QueueCondition _condition;
    private ushort _availSeen;     // The available index as last read: buffers before it may be used.
    private ushort _size;

    // While a buffer is held, _availSeen says that there is none, so that TryReserve need not ask.
    private uint _isHeld;
    private ushort _availBehindHeld;

    // Of the messages before the last look at the available index: how many they are, and their lengths together.
    private ulong _filledSeen;
    private ulong _bytesSeen;
    private uint _nextSeen;        // What _next was then.
    private uint _wakeUps;

    /// <summary>What this side knows of the queue.</summary>
    public readonly QueueCondition Condition => _condition;

    /// <summary>Whether the driver violated the protocol.</summary>
    public readonly bool IsBroken => _condition > QueueCondition.Working;

    /// <summary>
    /// Takes up a queue that the driver has initialized: reads and checks every descriptor and available entry.
    /// </summary>
    /// <param name="queue">The queue's memory.</param>
    /// <param name="window">Where the buffers must lie.</param>
    /// <param name="windowBytes">Length of that memory.</param>
    /// <param name="bufferBytes">The length that every buffer must have.</param>
    /// <returns>
    /// <see cref="QueueCondition.Working"/>, or what is wrong: every descriptor must be a single buffer to write into
    /// with the length given, inside the window, one behind the other at equal distances, and available in order.
    /// </returns>
    public QueueCondition Initialize(in VirtqueueMemory queue, byte* window, nuint windowBytes, uint bufferBytes)
    {
        ulong first = AddressIn(queue.Descriptors);
        ulong stride = queue.Size > 1 ? AddressIn(queue.Descriptors + 1) - first : bufferBytes;
        QueueCondition condition = QueueCondition.Working;
        if (bufferBytes > windowBytes || stride < bufferBytes || stride > windowBytes || stride > uint.MaxValue)
        {
            condition = QueueCondition.BadDescriptor;
        }

        for (int i = 0; i < queue.Size && condition == QueueCondition.Working; i++)
        {
            Descriptor* descriptor = queue.Descriptors + i;
            var flags = (DescriptorFlags)RingMemory.Load((ushort*)&descriptor->Flags);
            ulong expected = first + ((ulong)i * stride);
            ulong offset = expected - (nuint)window;
            if ((flags & (DescriptorFlags.Next | DescriptorFlags.Indirect)) != 0)
            {
                condition = QueueCondition.UnexpectedChain;
            }
            else if (flags != DescriptorFlags.Write || RingMemory.Load(&descriptor->Length) != bufferBytes
                || AddressIn(descriptor) != expected || offset > windowBytes - bufferBytes)
            {
                condition = QueueCondition.BadDescriptor;
            }
            else if (RingMemory.Load(queue.AvailEntries + i) != i)
            {
                condition = QueueCondition.UnexpectedAvailEntry;
            }
        }

        _availIndex = queue.AvailIndex;
        _usedIndex = queue.UsedIndex;
        _usedElements = queue.UsedElements;
        _buffers = (byte*)(nuint)first;
        _strideBytes = (uint)stride;
        _next = 0;
        _bytes = 0;
        _bytesSeen = 0;
        _filledSeen = 0;
        _nextSeen = 0;
        _wakeUps = 0;
        _availSeen = 0;
        _size = (ushort)queue.Size;
        _slotMask = (uint)(queue.Size - 1);
        _isHeld = 0;
        _condition = condition;
        for (int i = 0; i < queue.Size; i++)
        {
            // Buffer i always returns in slot i, so that only the lengths change from now on.
            RingMemory.Store(&queue.UsedElements[i].Id, (uint)i);
        }

        SuppressWakeUps();
        return condition;
    }

    /// <summary>How many messages were filled, modulo 2^32.</summary>
    public readonly uint Filled => _next;

    /// <summary>How many messages were filled since the queue was set up.</summary>
    public readonly ulong TotalFilled => _filledSeen + (_next - _nextSeen);

    /// <summary>How often the driver had to be woken since then, modulo 2^32.</summary>
    public readonly uint WakeUps => _wakeUps;

    /// <summary>Their lengths together, in bytes; exact where all buffers are less than 4 GiB.</summary>
    public readonly ulong TotalBytes => _bytesSeen + _bytes;

    /// <summary>
    /// Finds the buffer for the next message without using it: asked again, it answers the same, until
    /// <see cref="Fill"/>.
    /// </summary>
    /// <param name="buffer">Where to write the message, up to the length of a buffer.</param>
    /// <returns>False when the driver has no buffer available, or the queue is not working.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(out byte* buffer)
    {
        if ((ushort)_next == _availSeen && !SeeMoreAvail())
        {
            buffer = null;
            return false;
        }

        // Read anew, so that nothing has to be kept over the call.
        buffer = _buffers + ((nuint)(_next & _slotMask) * _strideBytes);
        return true;
    }

    /// <summary>
    /// Holds the buffer that <see cref="TryReserve"/> found for a message that takes time to make: until
    /// <see cref="TryEndHold"/> it finds none.
    /// </summary>
    public void Hold()
    {
        _availBehindHeld = _availSeen;
        _availSeen = (ushort)_next;
        _isHeld = 1;
    }

    /// <summary>Whether a buffer is held. A queue that breaks holds none any more.</summary>
    public readonly bool IsHeld => _isHeld != 0;

    /// <summary>The buffer that is held.</summary>
    public readonly byte* Held => _buffers + ((nuint)(_next & _slotMask) * _strideBytes);

    /// <summary>Ends <see cref="Hold"/>: the buffer is again what <see cref="TryReserve"/> finds.</summary>
    /// <returns>False when none is held.</returns>
    public bool TryEndHold()
    {
        if (_isHeld == 0)
        {
            return false;
        }

        _isHeld = 0;
        _availSeen = _availBehindHeld;
        return true;
    }

    /// <summary>
    /// Uses the buffer that <see cref="TryReserve"/> found. The driver sees it with the next <see cref="Publish"/>.
    /// </summary>
    /// <param name="bytes">How much of it was written, from its beginning; at most its length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(uint bytes)
    {
        uint next = _next;
        uint* length = &_usedElements[next & _slotMask].Length;

        // Messages mostly have the length of the one that was in this slot before. Without a store the element's cache
        // line stays with both cores and need not move.
        if (RingMemory.Load(length) != bytes)
        {
            RingMemory.Store(length, bytes);
        }

        _next = next + 1;
        _bytes += bytes;
    }

    /// <summary>
    /// Publishes all that was filled to the driver. <see cref="IsWakeUpRequested"/> must follow where the driver may sleep; a
    /// driver that only polls needs no more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void PublishIndex()
    {
        // Orders the messages and their elements before the index that covers them.
        RingMemory.Store(_usedIndex, (ushort)_next);
    }

    /// <summary>Whether the driver announced that it sleeps until there is a message: it must be woken.</summary>
    /// <remarks>
    /// No fence is between the index and this look, for it would wait at each message until the index's cache line is
    /// here. So the look may pass the index, and miss an announcement that was made before the index could be seen: a
    /// driver looks again some time after its announcement (<see cref="InOrderDriver.RequestWakeUp"/>).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool IsWakeUpRequested() => (RingMemory.Load(DriverFlags) & (ushort)AvailFlags.NoInterrupt) == 0;

    /// <summary>Publishes all that was filled to the driver.</summary>
    /// <returns>Whether the driver announced that it sleeps until there is a message: it must be woken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Publish()
    {
        PublishIndex();
        if (!IsWakeUpRequested())
        {
            return false;
        }

        _wakeUps++;
        return true;
    }

    /// <summary>Uses the buffer that <see cref="TryReserve"/> found and publishes it to the driver.</summary>
    /// <param name="bytes">How much of it was written, from its beginning; at most its length.</param>
    /// <returns>Whether the driver announced that it sleeps until there is a message: it must be woken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Commit(uint bytes)
    {
        Fill(bytes);
        return Publish();
    }

    /// <summary>
    /// Makes the cache lines of the next buffer this core's own, by writing to each, if that buffer is available already:
    /// they are still with the core that read its last message, and fetching them one by one while the next message is
    /// copied takes longer than the copying. To be called when the message is published; for fewer than
    /// <see cref="MinimumPrefetch"/> bytes nothing is written.
    /// </summary>
    /// <param name="bytes">How much of the buffer is likely to be used; at most its length.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void PrefetchNext(uint bytes)
    {
        if (bytes >= MinimumPrefetch)
        {
            PrefetchLines(bytes);
        }
    }

    /// <summary>Publishes what was filled and not published yet.</summary>
    /// <returns>Whether the driver announced that it sleeps until there is a message: it must be woken.</returns>
    public bool Flush() =>
        _condition == QueueCondition.Working && RingMemory.Load(_usedIndex) != (ushort)_next && Publish();

    /// <summary>Whether the driver has given back the buffer of a message, and of all before it.</summary>
    /// <param name="message">
    /// What <see cref="Filled"/> was before the message was filled; one of the last 2^31 messages.
    /// </param>
    public bool IsReturned(uint message)
    {
        // Who has closed the queue still wants its memory back.
        ushort avail = _condition == QueueCondition.Closed && _availIndex != null ? ReadAvail() : LookAtAvail();
        uint next = _next;
        uint outstanding = (ushort)(next + _size - avail);
        return (int)(next - outstanding - message) > 0;
    }

    /// <summary>Whether <see cref="TryReserve"/> has something to tell: room, or a violation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool HasNews() =>
        _condition != QueueCondition.Working || (ushort)_next != _availSeen || RingMemory.Load(_availIndex) != (ushort)_next;

    /// <summary>
    /// Announces that this side is about to sleep until there is room (VirtIO 1.2, Available Buffer Notification
    /// Suppression). The caller fences, so that either this side sees the room or the driver sees the announcement, and
    /// looks at <see cref="HasNews"/> once more before it sleeps.
    /// </summary>
    public readonly void RequestWakeUp()
    {
        if (_condition == QueueCondition.Working)
        {
            RingMemory.Store(Flags, (ushort)UsedFlags.None);
        }
    }

    /// <summary>Announces that this side runs and looks at the queue by itself.</summary>
    public readonly void SuppressWakeUps()
    {
        if (_condition == QueueCondition.Working)
        {
            RingMemory.Store(Flags, (ushort)UsedFlags.NoNotify);
        }
    }

    /// <summary>Breaks the queue until it is set up anew. The first reason stays.</summary>
    public void Break(QueueCondition reason)
    {
        // A violation that shows after this side has closed the queue is told too.
        if (_condition <= QueueCondition.Working || _condition == QueueCondition.Closed)
        {
            _condition = reason;
        }

        // Nothing seen is left to use, so that every later look ends at the condition.
        _availSeen = (ushort)_next;
        _isHeld = 0;
    }

    /// <summary>Ends the queue from this side. Unlike a violation it replaces the reason that there was.</summary>
    public void Close()
    {
        Break(QueueCondition.Closed);
        _condition = QueueCondition.Closed;
    }

    private static ulong AddressIn(Descriptor* descriptor)
    {
        uint* words = (uint*)&descriptor->Address;
        return RingMemory.Load(words) | ((ulong)RingMemory.Load(words + 1) << 32);
    }

    private readonly ushort* Flags =>
        (ushort*)((byte*)_usedIndex - UsedRing.IndexOffset + UsedRing.FlagsOffset);

    private readonly ushort* DriverFlags =>
        (ushort*)((byte*)_availIndex - AvailRing.IndexOffset + AvailRing.FlagsOffset);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void PrefetchLines(uint bytes)
    {
        uint next = _next;
        if ((ushort)next == _availSeen)
        {
            return;
        }

        byte* buffer = _buffers + ((nuint)(next & _slotMask) * _strideBytes);
        uint end = bytes < MaximumPrefetch ? bytes : MaximumPrefetch;
        for (uint at = 0; at < end; at += CacheLineBytes)
        {
            Volatile.Write(ref buffer[at], 0);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SeeMoreAvail()
    {
        if (_isHeld != 0)
        {
            return false;
        }

        // At least once in a queue's worth of messages, before either count overflows.
        _filledSeen += _next - _nextSeen;
        _nextSeen = _next;
        _bytesSeen += _bytes;
        _bytes = 0;
        _availSeen = LookAtAvail();
        return _availSeen != (ushort)_next;
    }

    /// <summary>The available index; in a queue that is not working, the one at which no buffer is available.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort LookAtAvail() => _condition == QueueCondition.Working ? ReadAvail() : (ushort)_next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ushort ReadAvail()
    {
        // Orders the index before the writes into the buffers it covers.
        ushort avail = RingMemory.Load(_availIndex);
        if ((ushort)(avail - _next) > _size)
        {
            Break(QueueCondition.AvailIndexJump);
            return (ushort)_next;
        }

        return avail;
    }
}

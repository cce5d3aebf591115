using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ToroCosmos.Memory;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.Virtio.Spec;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// The driver's side of a split virtqueue that carries messages from the device: it owns the buffers, makes them
/// available and takes them back used.
/// <para>
/// Buffers are used in the order they are made available (VIRTIO_F_IN_ORDER), each is one descriptor, and buffer i
/// always returns to slot i: descriptors and available entries are written once, at set-up, and never again. What is
/// left to exchange is two free-running indices.
/// </para>
/// <para>
/// It is a private profile of the split virtqueue, made for <see cref="InOrderDevice"/> and for no other device: each
/// buffer has a used element of its own, element i for buffer i. A device that conforms to VIRTIO_F_IN_ORDER but reports
/// several buffers by one element is refused.
/// </para>
/// <para>
/// Nothing that the device writes is believed. A look reads each of its fields once and compares it with what this side
/// knows from its own fields; a violation breaks the queue for good, with the reason in <see cref="Condition"/>.
/// </para>
/// <para>
/// The structure is the side's private block: it is placed at a 128-byte-aligned address, never copied, and used by one
/// core at a time. Zeroed memory is a queue that is not initialized.
/// </para>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = VirtqueueMemory.LineBytes)]
public unsafe struct InOrderDriver
{
    private ushort* _availIndex;
    private ushort* _usedIndex;
    private UsedElement* _usedElements;
    private byte* _buffers;
    private uint _bufferBytes;
    private uint _strideBytes;
    private QueueCondition _condition;

    // Free-running indices; the slot of one is its low bits.
    private ushort _next;          // The next used element to take.
    private ushort _usedSeen;      // The used index as last read: elements before it may be taken.
    private ushort _availPublished;    // The available index as last written.
    private ushort _publishAt;     // The device is told of the buffers given back when the next element is this one.

    private ushort _size;
    private ushort _slotMask;
    private ushort _batch;         // Buffers given back before the device is told.

    // While a message is held, _usedSeen says that there is none, so that TryPeek need not ask.
    private ushort _usedBehindHeld;
    private uint _mayLook;         // 1 while the queue works and no message is held: TryPeek may look for more.
    private uint _isHeldElsewhere;
    private uint _heldBytes;
    private byte* _held;

    private uint _wakeUps;

    /// <summary>What this side knows of the queue.</summary>
    public readonly QueueCondition Condition => _condition;

    /// <summary>Whether the device violated the protocol.</summary>
    public readonly bool IsBroken => _condition > QueueCondition.Working;

    /// <summary>How often the device had to be woken since the queue was set up, modulo 2^32.</summary>
    public readonly uint WakeUps => _wakeUps;

    /// <summary>Whether <see cref="TryPeek"/> may find a message: the queue works and none is held.</summary>
    public readonly bool IsOpen => _mayLook != 0;

    /// <summary>
    /// Writes the whole queue and makes every buffer available; also anew, whatever was in it. The device must not touch
    /// the queue before.
    /// </summary>
    /// <param name="queue">The queue's memory.</param>
    /// <param name="buffers">The buffers, one for each descriptor.</param>
    /// <param name="bufferBytes">Length of a buffer.</param>
    /// <param name="strideBytes">Distance between the beginnings of two buffers, at least the length.</param>
    public void Initialize(in VirtqueueMemory queue, byte* buffers, uint bufferBytes, uint strideBytes)
    {
        // Zeroes the used flags too (VirtIO 1.2, Driver Requirements: The Virtqueue Used Ring).
        queue.Clear();
        for (int i = 0; i < queue.Size; i++)
        {
            Descriptor* descriptor = queue.Descriptors + i;
            ulong address = (nuint)buffers + ((nuint)i * strideBytes);
            RingMemory.Store((uint*)&descriptor->Address, (uint)address);
            RingMemory.Store((uint*)&descriptor->Address + 1, (uint)(address >> 32));
            RingMemory.Store(&descriptor->Length, bufferBytes);
            RingMemory.Store((ushort*)&descriptor->Flags, (ushort)DescriptorFlags.Write);
            RingMemory.Store(queue.AvailEntries + i, (ushort)i);
        }

        _availIndex = queue.AvailIndex;
        _usedIndex = queue.UsedIndex;
        _usedElements = queue.UsedElements;
        _buffers = buffers;
        _bufferBytes = bufferBytes;
        _strideBytes = strideBytes;
        _next = 0;
        _usedSeen = 0;
        _size = (ushort)queue.Size;
        _slotMask = (ushort)(queue.Size - 1);
        _batch = (ushort)(queue.Size >= 4 ? queue.Size / 4 : 1);
        _mayLook = 1;
        _wakeUps = 0;
        _condition = QueueCondition.Working;
        SuppressWakeUps();

        // Orders the descriptors and entries before the index that makes them available.
        _availPublished = _size;
        _publishAt = _batch;
        RingMemory.Store(_availIndex, _size);
    }

    /// <summary>
    /// Looks at the oldest message without taking it: asked again, it answers the same, until <see cref="Release"/>.
    /// </summary>
    /// <param name="data">The message, valid until it is released.</param>
    /// <param name="bytes">Its length, never more than a buffer's.</param>
    /// <param name="polls">How many more times to look at once when there is none; 0 or less for not at all.</param>
    /// <returns>False when there is none, one is held, or the queue is not working.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeek(out byte* data, out uint bytes, int polls = 0)
    {
        data = null;
        bytes = 0;
        ushort next = _next;
        if (next == _usedSeen)
        {
            if (_mayLook == 0)
            {
                return false;
            }

            // Orders the index before the elements and buffers it covers.
            ushort* index = _usedIndex;
            ushort used;
            while ((used = RingMemory.Load(index)) == next)
            {
                if (--polls < 0)
                {
                    return false;
                }
            }

            if ((ushort)(used - next) > (ushort)(_availPublished - next))
            {
                Break(QueueCondition.UsedIndexJump);
                return false;
            }

            _usedSeen = used;
        }

        uint slot = (uint)(next & _slotMask);
        byte* buffer = _buffers + ((nuint)slot * _strideBytes);

        // The message's line is fetched while the element's is, not after it.
        MemoryCopy.Touch(buffer);
        UsedElement* element = _usedElements + slot;
        uint id = RingMemory.Load(&element->Id);
        uint length = RingMemory.Load(&element->Length);
        if (id != slot || length > _bufferBytes)
        {
            Break(id != slot ? QueueCondition.UnexpectedUsedId : QueueCondition.UsedLengthTooLong);
            return false;
        }

        data = buffer;
        bytes = length;
        return true;
    }

    /// <summary>
    /// Holds the message that <see cref="TryPeek"/> showed for a core that reads it in place: until
    /// <see cref="TryEndHold"/> it finds none. Where the message lies and how long it is are this side's own now; the
    /// device cannot change them any more.
    /// </summary>
    /// <param name="data">The message.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="isElsewhere">Whether it lies elsewhere than in its buffer.</param>
    public void Hold(byte* data, uint bytes, bool isElsewhere)
    {
        _held = data;
        _heldBytes = bytes;
        _isHeldElsewhere = isElsewhere ? 1u : 0u;
        _usedBehindHeld = _usedSeen;
        _usedSeen = _next;
        _mayLook = 0;
    }

    /// <summary>Whether a message is held. A queue that breaks holds none any more.</summary>
    public readonly bool IsHeld => _condition == QueueCondition.Working && _mayLook == 0;

    /// <summary>The message that is held.</summary>
    public readonly byte* Held => _held;

    /// <summary>The length of the message that is held.</summary>
    public readonly uint HeldBytes => _heldBytes;

    /// <summary>
    /// Ends <see cref="Hold"/>: the message is again the oldest, for <see cref="TryPeek"/> or <see cref="Release"/>.
    /// </summary>
    /// <param name="wasElsewhere">As <see cref="Hold"/> was told.</param>
    /// <returns>False when none is held.</returns>
    public bool TryEndHold(out bool wasElsewhere)
    {
        wasElsewhere = _isHeldElsewhere != 0;
        if (!IsHeld)
        {
            return false;
        }

        _mayLook = 1;
        _usedSeen = _usedBehindHeld;
        return true;
    }

    /// <summary>Takes the message that <see cref="TryPeek"/> showed and gives its buffer back.</summary>
    /// <returns>Whether the device announced that it sleeps until there is room: it must be woken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Release()
    {
        ushort next = (ushort)(_next + 1);
        _next = next;

        // The device is told once for several buffers: it has others, and its cache line stays its own meanwhile.
        return next == _publishAt && Publish();
    }

    /// <summary>Gives back the buffers that <see cref="Release"/> still withholds; for a core about to wait.</summary>
    /// <returns>Whether the device announced that it sleeps until there is room: it must be woken.</returns>
    public bool Flush() => _condition == QueueCondition.Working && Withheld != 0 && Publish();

    /// <summary>Whether <see cref="TryPeek"/> has something to tell: a message, or a violation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool HasNews() =>
        _condition != QueueCondition.Working || _next != _usedSeen || RingMemory.Load(_usedIndex) != _next;

    /// <summary>
    /// Announces that this side is about to sleep until there is a message (VirtIO 1.2, Used Buffer Notification
    /// Suppression). The caller fences and looks at <see cref="HasNews"/> once more before it sleeps, and again when all that
    /// was in the device's store buffer at the announcement has left it: either this side sees the message then, or the
    /// device sees the announcement. The device does not wait for its store buffer before it looks whether this side sleeps.
    /// </summary>
    public readonly void RequestWakeUp()
    {
        if (_condition == QueueCondition.Working)
        {
            RingMemory.Store(Flags, (ushort)AvailFlags.None);
        }
    }

    /// <summary>Announces that this side runs and looks at the queue by itself.</summary>
    public readonly void SuppressWakeUps()
    {
        if (_condition == QueueCondition.Working)
        {
            RingMemory.Store(Flags, (ushort)AvailFlags.NoInterrupt);
        }
    }

    /// <summary>Breaks the queue until it is set up anew. The first reason stays.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Break(QueueCondition reason)
    {
        if (_condition <= QueueCondition.Working)
        {
            _condition = reason;
        }

        // Nothing seen is left to take, so that every later look ends at the condition.
        _usedSeen = _next;
        _mayLook = 0;
    }

    /// <summary>Ends the queue from this side. Unlike a violation it replaces the reason that there was.</summary>
    public void Close()
    {
        Break(QueueCondition.Closed);
        _condition = QueueCondition.Closed;
    }

    private readonly ushort* Flags =>
        (ushort*)((byte*)_availIndex - AvailRing.IndexOffset + AvailRing.FlagsOffset);

    private readonly ushort* DeviceFlags =>
        (ushort*)((byte*)_usedIndex - UsedRing.IndexOffset + UsedRing.FlagsOffset);

    /// <summary>Buffers taken back and not yet made available again.</summary>
    private readonly ushort Withheld => (ushort)(_next + _size - _availPublished);

    private bool Publish()
    {
        _availPublished = (ushort)(_next + _size);
        _publishAt = (ushort)(_next + _batch);

        // Orders the reads of the buffers before the index that gives them away.
        RingMemory.Store(_availIndex, _availPublished);

        // Orders the index before the look at the device's flag: either it sees the room or this side sees that it
        // sleeps.
        RingMemory.Fence();
        bool isAsleep = (RingMemory.Load(DeviceFlags) & (ushort)UsedFlags.NoNotify) == 0;
        _wakeUps += isAsleep ? 1u : 0u;
        return isAsleep;
    }
}

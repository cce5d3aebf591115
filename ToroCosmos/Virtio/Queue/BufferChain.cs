using ToroCosmos.Memory;

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// A list of buffers for a device: first those that it reads, then those that it writes (VirtIO 1.2, Message Framing and
/// Driver Requirements: The Virtqueue Descriptor Table). Made once on the boot core and filled anew for each request:
/// filling allocates nothing, and adding the chain to a queue leaves it free for the next one.
/// <para>What is wrong with a chain is said when it is added to a queue, so that filling needs no checks between.</para>
/// </summary>
[AnyCore]
public sealed class BufferChain
{
    private const ulong MaximumBytes = 1UL << 32;

    private readonly ChainBuffer[] _buffers;
    private ulong _bytes;
    private ulong _writableBytes;

    /// <summary>Makes an empty chain. For the boot core.</summary>
    /// <param name="capacity">How many buffers it can hold; a negative number is none.</param>
    public BufferChain(int capacity) => _buffers = new ChainBuffer[capacity < 0 ? 0 : capacity];

    /// <summary>How many buffers it holds.</summary>
    public int Count { get; private set; }

    /// <summary>How many of them, the first ones, the device reads.</summary>
    public int ReadableCount { get; private set; }

    /// <summary>How many bytes the device may write, at most 2^32 - 1 as a used length has no more.</summary>
    public uint WritableBytes => _writableBytes > uint.MaxValue ? uint.MaxValue : (uint)_writableBytes;

    /// <summary>What is wrong with it: the first mistake since <see cref="Clear"/>, or Ok.</summary>
    public QueueStatus Status { get; private set; }

    /// <summary>Empties it, and forgets mistakes.</summary>
    public void Clear()
    {
        Count = 0;
        ReadableCount = 0;
        Status = QueueStatus.Ok;
        _bytes = 0;
        _writableBytes = 0;
    }

    /// <summary>Adds a buffer that the device reads; before all that it writes.</summary>
    /// <param name="address">Its physical address.</param>
    /// <param name="bytes">Its length, at least 1.</param>
    public void AddReadable(ulong address, uint bytes)
    {
        if (Count != ReadableCount)
        {
            Refuse(QueueStatus.InvalidOrder);
        }
        else if (TryAdd(address, bytes))
        {
            ReadableCount++;
        }
    }

    /// <summary>Adds memory that the device reads.</summary>
    public void AddReadable(DmaMemory memory) => AddReadable(memory.Address, memory.Bytes);

    /// <summary>Adds a buffer that the device writes.</summary>
    /// <param name="address">Its physical address.</param>
    /// <param name="bytes">Its length, at least 1.</param>
    public void AddWritable(ulong address, uint bytes)
    {
        if (TryAdd(address, bytes))
        {
            _writableBytes += bytes;
        }
    }

    /// <summary>Adds memory that the device writes.</summary>
    public void AddWritable(DmaMemory memory) => AddWritable(memory.Address, memory.Bytes);

    /// <summary>A buffer of the chain, by its number below <see cref="Count"/>.</summary>
    internal ref readonly ChainBuffer At(int index) => ref _buffers[index];

    /// <summary>Whether the device writes a buffer of the chain.</summary>
    internal bool IsWritable(int index) => index >= ReadableCount;

    private bool TryAdd(ulong address, uint bytes)
    {
        if (Count == _buffers.Length)
        {
            return Refuse(QueueStatus.TooManyBuffers);
        }

        // VirtIO 1.2, Driver Requirements: The Virtqueue Descriptor Table: no chain is longer than 2^32 bytes in total. A
        // buffer without bytes is refused by devices of QEMU, which then stop.
        if (bytes == 0 || _bytes + bytes > MaximumBytes)
        {
            return Refuse(QueueStatus.InvalidLength);
        }

        _buffers[Count].Address = address;
        _buffers[Count].Bytes = bytes;
        _bytes += bytes;
        Count++;
        return true;
    }

    private bool Refuse(QueueStatus mistake)
    {
        if (Status == QueueStatus.Ok)
        {
            Status = mistake;
        }

        return false;
    }
}

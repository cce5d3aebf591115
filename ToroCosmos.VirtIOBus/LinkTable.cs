using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <summary>Where each link lies in the bus's memory: receiver by receiver, its senders in order, itself left out.</summary>
internal readonly unsafe struct LinkTable
{
    /// <summary>The unit in which caches move memory, in bytes.</summary>
    private const uint CacheLineBytes = 64;

    private const uint MinimumStrideLines = 3;

    private readonly byte* _memory;
    private readonly nuint _linkBytes;
    private readonly int _cores;

    public LinkTable(byte* memory, int cores, BusOptions options)
    {
        _memory = memory;
        _cores = cores;
        _linkBytes = (nuint)LinkBytes(options);
        QueueSize = options.QueueSize;
        MessageBytes = (uint)options.BufferSize;
        StrideBytes = Stride(options);
    }

    public int QueueSize { get; }

    /// <summary>The longest message that is copied into a buffer.</summary>
    public uint MessageBytes { get; }

    /// <summary>Length of a buffer: a message, or a <see cref="LoanReference"/> behind its place.</summary>
    public uint BufferBytes => MessageBytes + LoanReference.Bytes;

    /// <summary>Distance from one buffer to the next.</summary>
    public uint StrideBytes { get; }

    /// <summary>Length of all buffers of a link.</summary>
    public nuint BuffersBytes => (nuint)QueueSize * StrideBytes;

    /// <summary>Size of all links, or 0 when it is beyond what this machine addresses.</summary>
    public static nuint RequiredBytes(int cores, BusOptions options)
    {
        try
        {
            return checked((nuint)((ulong)cores * (ulong)(cores - 1) * LinkBytes(options)));
        }
        catch (OverflowException)
        {
            return 0;
        }
    }

    /// <summary>The link from one core to another; both exist and differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Link* Find(int sender, int receiver)
    {
        int column = sender < receiver ? sender : sender - 1;
        return (Link*)(_memory + ((((nuint)receiver * (nuint)(_cores - 1)) + (nuint)column) * _linkBytes));
    }

    public VirtqueueMemory Queue(Link* link) => VirtqueueMemory.At((byte*)link + Link.Bytes, QueueSize);

    public byte* Buffers(Link* link) => (byte*)link + Link.Bytes + VirtqueueMemory.RequiredBytes(QueueSize);

    /// <summary>
    /// Buffers begin on lines of their own, an odd number of lines apart: with a power of two all beginnings would
    /// compete for few sets of the cache. And at least three, because processors fetch lines in pairs: the receiver of
    /// one message would take the line of the next away from its sender.
    /// </summary>
    private static uint Stride(BusOptions options)
    {
        uint canary = options.Checks == BusChecks.Full ? LinkGuard.CanaryBytes : 0;
        uint bytes = (uint)options.BufferSize + LoanReference.Bytes + canary;
        uint lines = ((bytes + CacheLineBytes - 1) / CacheLineBytes) | 1;
        return Math.Max(lines, MinimumStrideLines) * CacheLineBytes;
    }

    private static ulong LinkBytes(BusOptions options)
    {
        ulong buffers = (ulong)options.QueueSize * Stride(options);
        ulong wholeLines = (buffers + VirtqueueMemory.LineBytes - 1) & ~(ulong)(VirtqueueMemory.LineBytes - 1);
        return Link.Bytes + (ulong)VirtqueueMemory.RequiredBytes(options.QueueSize) + wholeLines;
    }
}

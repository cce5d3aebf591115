using System;
using ToroCosmos.Virtio.Queue;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>The sizes of every link of a bus.</summary>
/// <param name="QueueSize">How many messages a link holds.</param>
/// <param name="MessageBytes">The longest message that is copied into a buffer.</param>
/// <param name="IsGuarded">Whether a <see cref="LinkGuard"/> has its canaries behind the buffers.</param>
internal readonly record struct LinkSizes(int QueueSize, uint MessageBytes, bool IsGuarded)
{
    /// <summary>The unit in which caches move memory, in bytes.</summary>
    private const uint CacheLineBytes = 64;

    private const uint MinimumStrideLines = 3;

    /// <summary>Length of a buffer: a message, or a <see cref="LoanReference"/> behind its place.</summary>
    public uint BufferBytes => MessageBytes + LoanReference.Bytes;

    /// <summary>
    /// Distance from one buffer to the next. Buffers begin on lines of their own, an odd number of lines apart: with a
    /// power of two all beginnings would compete for few sets of the cache. And at least three, because processors fetch
    /// lines in pairs: the receiver of one message would take the line of the next away from its sender.
    /// </summary>
    public uint StrideBytes
    {
        get
        {
            uint bytes = BufferBytes + (IsGuarded ? LinkGuard.CanaryBytes : 0);
            uint lines = ((bytes + CacheLineBytes - 1) / CacheLineBytes) | 1;
            return Math.Max(lines, MinimumStrideLines) * CacheLineBytes;
        }
    }

    /// <summary>Length of a link: its head, the virtqueue and all buffers, whole lines.</summary>
    public ulong LinkBytes
    {
        get
        {
            ulong buffers = (ulong)QueueSize * StrideBytes;
            ulong wholeLines = (buffers + VirtqueueMemory.LineBytes - 1) & ~(ulong)(VirtqueueMemory.LineBytes - 1);
            return Link.Bytes + (ulong)VirtqueueMemory.RequiredBytes(QueueSize) + wholeLines;
        }
    }
}

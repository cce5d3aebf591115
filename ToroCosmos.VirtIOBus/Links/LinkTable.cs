using System;
using System.Runtime.CompilerServices;
using ToroCosmos.VirtIOBus.Loans;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Where each link lies in the bus's memory: receiver by receiver, its senders in order, itself left out.</summary>
internal readonly unsafe struct LinkTable
{
    private readonly byte* _memory;
    private readonly nuint _linkBytes;
    private readonly int _cores;

    public LinkTable(byte* memory, int cores, in LinkSizes sizes)
    {
        _memory = memory;
        _cores = cores;
        _linkBytes = (nuint)sizes.LinkBytes;
        QueueSize = sizes.QueueSize;
        MessageBytes = sizes.MessageBytes;
        BufferBytes = sizes.BufferBytes;
        StrideBytes = sizes.StrideBytes;
    }

    public int QueueSize { get; }

    /// <summary>The longest message that is copied into a buffer.</summary>
    public uint MessageBytes { get; }

    /// <summary>Length of a buffer: a message, or a <see cref="LoanReference"/> behind its place.</summary>
    public uint BufferBytes { get; }

    /// <summary>Distance from one buffer to the next.</summary>
    public uint StrideBytes { get; }

    /// <summary>Length of all buffers of a link.</summary>
    public nuint BuffersBytes => (nuint)QueueSize * StrideBytes;

    /// <summary>Size of all links.</summary>
    /// <returns>False when it is beyond what this machine addresses.</returns>
    public static bool TryRequiredBytes(int cores, in LinkSizes sizes, out nuint bytes)
    {
        try
        {
            bytes = checked((nuint)((ulong)cores * (ulong)(cores - 1) * sizes.LinkBytes));
            return true;
        }
        catch (OverflowException)
        {
            bytes = 0;
            return false;
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
}

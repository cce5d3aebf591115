using System.Runtime.InteropServices;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// The head of one link's memory; the virtqueue and the buffers follow. Each part has one writer and lines of its own.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal unsafe struct Link
{
    public const int Bytes = 4 * VirtqueueMemory.LineBytes;

    /// <summary><see cref="EndState"/> of the receiver; read by the sender.</summary>
    [FieldOffset(0)]
    public uint ReceiverState;

    /// <summary><see cref="EndState"/> of the sender; read by the receiver.</summary>
    [FieldOffset(VirtqueueMemory.LineBytes)]
    public uint SenderState;

    /// <summary>Private to the receiver.</summary>
    [FieldOffset(2 * VirtqueueMemory.LineBytes)]
    public InOrderDriver Receiver;

    /// <summary>Private to the sender.</summary>
    [FieldOffset(3 * VirtqueueMemory.LineBytes)]
    public InOrderDevice Sender;
}

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

    private const int RecordOffset = 16;

    /// <summary><see cref="EndState"/> of the receiver; read by the sender.</summary>
    [FieldOffset(0)]
    public uint ReceiverState;

    /// <summary>Private to the receiver, but for its counts.</summary>
    [FieldOffset(RecordOffset)]
    public EndRecord ReceiverRecord;

    /// <summary><see cref="EndState"/> of the sender; read by the receiver.</summary>
    [FieldOffset(VirtqueueMemory.LineBytes)]
    public uint SenderState;

    /// <summary>
    /// Not 0: the sender is asked by any core to wait no more, for whatever it is. Of its links only the one to the first
    /// other core is used; it has the room.
    /// </summary>
    [FieldOffset(VirtqueueMemory.LineBytes + sizeof(uint))]
    public uint CancelRequest;

    /// <summary>Private to the sender, but for its counts.</summary>
    [FieldOffset(VirtqueueMemory.LineBytes + RecordOffset)]
    public EndRecord SenderRecord;

    /// <summary>Private to the receiver.</summary>
    [FieldOffset(2 * VirtqueueMemory.LineBytes)]
    public InOrderDriver Receiver;

    /// <summary>Private to the sender.</summary>
    [FieldOffset(3 * VirtqueueMemory.LineBytes)]
    public InOrderDevice Sender;

    /// <summary>How often one end found a certain violation by the other.</summary>
    public static long CountViolations(Link* link, QueueCondition kind) =>
        (long)EndRecord.CountOf(&link->SenderRecord, link->Sender.Condition, kind)
        + EndRecord.CountOf(&link->ReceiverRecord, link->Receiver.Condition, kind);

    /// <summary>Whether the sender's word says that it sends in the receiver's generation. For the receiver.</summary>
    public static bool IsSenderThere(Link* link) =>
        RingMemory.Load(&link->SenderState) == (link->ReceiverRecord.Generation | EndState.NotReady);

    /// <summary>Whether the receiver's word says that it receives in the sender's generation. For the sender.</summary>
    public static bool IsReceiverThere(Link* link) =>
        RingMemory.Load(&link->ReceiverState) == (link->SenderRecord.Generation | EndState.Ready);

    /// <summary>Whether the receiver has followed the sender's reset, so that it uses nothing of what was before. For the sender.</summary>
    public static bool HasReceiverFollowed(Link* link) =>
        link->SenderRecord.IsAwaitingReset == 0
        || EndState.GenerationOf(RingMemory.Load(&link->ReceiverState)) == link->SenderRecord.Generation;
}

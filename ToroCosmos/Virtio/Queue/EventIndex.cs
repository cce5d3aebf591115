namespace ToroCosmos.Virtio.Queue;

/// <summary>When a side that asked to be notified at an index is notified (VirtIO 1.2, Available and Used Buffer Notification Suppression).</summary>
internal static class EventIndex
{
    /// <summary>Whether an index that moved has passed the one that was asked for, modulo 2^16.</summary>
    /// <param name="at">The index that was asked for.</param>
    /// <param name="before">Where the index was.</param>
    /// <param name="now">Where it is; the same for not moved.</param>
    public static bool IsReached(ushort at, ushort before, ushort now) =>
        (ushort)(now - at - 1) < (ushort)(now - before);
}

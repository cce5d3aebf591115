namespace ToroCosmos.Virtio.Queue;

/// <summary>Words for <see cref="QueueStatus"/>; not every toolchain can print the name of an enum's value.</summary>
public static class QueueStatusText
{
    /// <summary>Says what the status means, in lower case and without a full stop.</summary>
    public static string Of(QueueStatus status) => status switch
    {
        QueueStatus.Ok => "ok",
        QueueStatus.Empty => "nothing used",
        QueueStatus.Full => "not enough free descriptors",
        QueueStatus.NoBuffers => "a chain without buffers",
        QueueStatus.TooManyBuffers => "a chain with too many buffers",
        QueueStatus.InvalidLength => "a buffer without bytes, or more than 4 GiB",
        QueueStatus.InvalidOrder => "a buffer to read behind one to write",
        QueueStatus.InvalidSize => "a size that queues cannot have",
        QueueStatus.InvalidMemory => "queue memory that is too short or not aligned",
        QueueStatus.Broken => "the device broke the queue's rules",
        QueueStatus.Stopped => "the queue is stopped",
        _ => "unknown queue status",
    };
}

namespace ToroCosmos.Virtio.Queue;

/// <summary>What a call on a virtqueue answers. <see cref="QueueStatusText.Of"/> says it in words.</summary>
public enum QueueStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>The device has used nothing that was not taken yet; or there is nothing left to detach.</summary>
    Empty,

    /// <summary>There are not enough free descriptors now. When the device has used some and they were taken, there are.</summary>
    Full,

    /// <summary>The chain has no buffer.</summary>
    NoBuffers,

    /// <summary>The chain has more buffers than the <see cref="BufferChain"/> holds or the queue has descriptors.</summary>
    TooManyBuffers,

    /// <summary>A buffer of the chain has no bytes, or all together have more than 2^32.</summary>
    InvalidLength,

    /// <summary>A buffer that the device reads was added behind one that it writes.</summary>
    InvalidOrder,

    /// <summary>The queue's size is not allowed: see <see cref="Virtqueue.IsValidSize"/>.</summary>
    InvalidSize,

    /// <summary>The queue's memory is too short or not aligned.</summary>
    InvalidMemory,

    /// <summary>The device broke the rules; <see cref="Virtqueue.Fault"/> has how. Only a reset helps.</summary>
    Broken,

    /// <summary>The queue's chains are being detached: it works again after <see cref="Virtqueue.Reset"/>.</summary>
    Stopped,
}

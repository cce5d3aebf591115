namespace ToroCosmos.Virtio.Queue;

/// <summary>How a device broke a queue. <see cref="QueueFaultText.Of"/> says it in words.</summary>
public enum QueueFault
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The used index went back, or ahead by more than was available to be used.</summary>
    UsedIndexJump,

    /// <summary>A used id is no descriptor's or chain's number.</summary>
    UsedIdOutOfRange,

    /// <summary>A used id is that of no chain that the device has: never given, used before, or not made available yet.</summary>
    UsedIdNotOutstanding,

    /// <summary>With VIRTIO_F_IN_ORDER, a used id that the used index does not reach.</summary>
    UsedOutOfOrder,

    /// <summary>The device claims to have written more than it was given room for.</summary>
    UsedLengthTooLong,

    /// <summary>The driver found that the device's answer makes no sense, and called <see cref="Virtqueue.Break"/>.</summary>
    WrongAnswer,
}

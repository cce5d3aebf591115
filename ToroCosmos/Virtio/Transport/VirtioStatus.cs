namespace ToroCosmos.Virtio.Transport;

/// <summary>
/// What a call on a device or its driver answers. <see cref="VirtioStatusText.Of"/> says it in words. Unless a call says
/// otherwise, nothing was done when it is not Ok.
/// </summary>
public enum VirtioStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>There is nothing yet: nothing was received, no request has ended.</summary>
    Empty,

    /// <summary>There is no room now, because too much is on its way; there is when some of it has ended.</summary>
    Full,

    /// <summary>The time ran out. What was asked of the device may still happen.</summary>
    TimedOut,

    /// <summary>The device follows an older draft of VirtIO alone, before 1.0.</summary>
    LegacyOnly,

    /// <summary>The device has none of the registers that it must have, or they are not accessible.</summary>
    NotAccessible,

    /// <summary>The device is of another type than the driver is for.</summary>
    WrongType,

    /// <summary>The device does not end its reset.</summary>
    NoReset,

    /// <summary>The device does not offer a feature that the driver needs.</summary>
    LacksFeature,

    /// <summary>The device does not accept the features, which are all among those that it offers.</summary>
    FeaturesRefused,

    /// <summary>The device has no such queue.</summary>
    NoSuchQueue,

    /// <summary>The device gives the queue a size that no queue can have.</summary>
    InvalidQueueSize,

    /// <summary>The device is using the queue already, or does not take it.</summary>
    QueueRefused,

    /// <summary>There is not enough memory.</summary>
    NoMemory,

    /// <summary>The device's configuration is too short, says what cannot be, or changes whenever it is read.</summary>
    BadConfiguration,

    /// <summary>The device is not there any more: its registers read as all ones.</summary>
    Gone,

    /// <summary>The device broke the rules of its queue; only a reset helps.</summary>
    Broken,

    /// <summary>The device has met an error that it does not recover from; only a reset helps.</summary>
    NeedsReset,

    /// <summary>The driver was closed.</summary>
    Closed,

    /// <summary>The device tells of an error: a sector that cannot be read, say.</summary>
    IoError,

    /// <summary>The device does not do this.</summary>
    Unsupported,

    /// <summary>It is beyond the device's end.</summary>
    OutOfRange,

    /// <summary>The device may not be written to.</summary>
    ReadOnly,

    /// <summary>A length is not what it can be: none, too long, or no multiple of a sector.</summary>
    InvalidLength,
}

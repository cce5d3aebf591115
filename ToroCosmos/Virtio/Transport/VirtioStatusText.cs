namespace ToroCosmos.Virtio.Transport;

/// <summary>Words for <see cref="VirtioStatus"/>; not every toolchain can print the name of an enum's value.</summary>
public static class VirtioStatusText
{
    /// <summary>Says what the status means, in lower case and without a full stop.</summary>
    public static string Of(VirtioStatus status) => status switch
    {
        VirtioStatus.Ok => "ok",
        VirtioStatus.Empty => "nothing yet",
        VirtioStatus.Full => "no room now",
        VirtioStatus.TimedOut => "the time ran out",
        VirtioStatus.LegacyOnly => "the device follows drafts before VirtIO 1.0 only; give it a modern interface",
        VirtioStatus.NotAccessible => "the device's registers are missing or not accessible",
        VirtioStatus.WrongType => "the device is of another type",
        VirtioStatus.NoReset => "the device does not end its reset",
        VirtioStatus.LacksFeature => "the device lacks a feature that its driver needs",
        VirtioStatus.FeaturesRefused => "the device refuses features that it offers",
        VirtioStatus.NoSuchQueue => "the device has no such queue",
        VirtioStatus.InvalidQueueSize => "the device gives a queue an impossible size",
        VirtioStatus.QueueRefused => "the device does not take a queue",
        VirtioStatus.NoMemory => "there is not enough memory",
        VirtioStatus.BadConfiguration => "the device's configuration is too short, impossible or never at rest",
        VirtioStatus.Gone => "the device is gone",
        VirtioStatus.Broken => "the device broke the rules of its queue",
        VirtioStatus.NeedsReset => "the device needs a reset",
        VirtioStatus.Closed => "the driver is closed",
        VirtioStatus.IoError => "the device tells of an error",
        VirtioStatus.Unsupported => "the device does not do this",
        VirtioStatus.OutOfRange => "beyond the device's end",
        VirtioStatus.ReadOnly => "the device may not be written to",
        VirtioStatus.InvalidLength => "an impossible length",
        _ => "unknown status",
    };
}

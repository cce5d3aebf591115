namespace ToroCosmos.Virtio.Queue;

/// <summary>Words for <see cref="QueueFault"/>; not every toolchain can print the name of an enum's value.</summary>
public static class QueueFaultText
{
    /// <summary>Says what was wrong, in lower case and without a full stop.</summary>
    public static string Of(QueueFault fault) => fault switch
    {
        QueueFault.None => "no fault",
        QueueFault.UsedIndexJump => "the used index jumped",
        QueueFault.UsedIdOutOfRange => "a used id out of range",
        QueueFault.UsedIdNotOutstanding => "a used id that the device did not have",
        QueueFault.UsedOutOfOrder => "a used id out of order",
        QueueFault.UsedLengthTooLong => "a used length beyond the buffers",
        QueueFault.WrongAnswer => "an answer that makes no sense",
        _ => "unknown queue fault",
    };
}

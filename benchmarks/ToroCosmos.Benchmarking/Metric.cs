namespace ToroCosmos.Benchmarking;

/// <summary>What a value says.</summary>
public enum Metric
{
    /// <summary>Nanoseconds for one of the things a round is made of, such as a message one way.</summary>
    Nanoseconds,

    /// <summary>Millions of messages in a second.</summary>
    MillionMessagesPerSecond,

    /// <summary>Millions of bytes in a second.</summary>
    MegabytesPerSecond,
}

namespace ToroCosmos.Benchmarking;

/// <summary>The lengths of messages that everything is measured with, and how many of them a queue holds.</summary>
public static class MessageSizes
{
    /// <summary>In bytes: a word, a cache line, the bus's longest message by default, and one beyond the first cache.</summary>
    public static readonly int[] All = [8, 64, 1024, 64 * 1024];

    /// <summary>From this length on, how many bytes a second says more than how many messages.</summary>
    public const int FirstOfBandwidth = 1024;

    /// <summary>What a bounded queue holds: enough to keep both sides busy, and not more than a first or second cache.</summary>
    public static int QueueSize(int bytes) => bytes switch
    {
        < 1024 => 64,
        1024 => 16,
        _ => 4,
    };
}

using System;

namespace ToroCosmos.Benchmarking;

/// <summary>One thing that is measured.</summary>
/// <param name="Name">The subject and what it does, in lower case with dashes: <c>bus-oneway</c>.</param>
/// <param name="Bytes">The length of a message.</param>
/// <param name="Metric">What the value says.</param>
/// <param name="PerRound">How many of what is counted (messages, hops, copies) there are in a round.</param>
/// <param name="Run">Does the batches on this core, and as many rounds on the others.</param>
public sealed record Measurement(string Name, int Bytes, Metric Metric, int PerRound, Action<Batches> Run)
{
    /// <summary>Whether others are compared with it: it is measured whatever else is chosen.</summary>
    public bool IsFloor { get; init; }

    /// <summary>The word for the metric in a row.</summary>
    public string Unit => Metric switch
    {
        Metric.Nanoseconds => "ns",
        Metric.MillionMessagesPerSecond => "Mmsg/s",
        _ => "MB/s",
    };

    /// <summary>The value of a batch.</summary>
    /// <param name="rounds">How many rounds it had.</param>
    /// <param name="nanoseconds">How long it took.</param>
    public double Value(int rounds, double nanoseconds)
    {
        double count = (double)rounds * PerRound;
        return Metric switch
        {
            Metric.Nanoseconds => nanoseconds / count,
            Metric.MillionMessagesPerSecond => count * 1000 / nanoseconds,
            _ => count * Bytes * 1000 / nanoseconds,
        };
    }
}

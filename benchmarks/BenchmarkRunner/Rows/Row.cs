using System.Text.Json.Serialization;

namespace BenchmarkRunner.Rows;

/// <summary>A row of the table, and an object of the JSON file.</summary>
/// <param name="Name">The subject and what it does, such as <c>bus-oneway</c>.</param>
/// <param name="Where"><c>host</c> or <c>guest</c>.</param>
/// <param name="Cores">How many cores took part.</param>
/// <param name="Bytes">The length of a message; 0 where there is none.</param>
/// <param name="Metric">The unit of the values: ns and s are better when less, MB/s and Mmsg/s when more.</param>
/// <param name="Median">The median of the repetitions whose floor was quiet, or of all when it never was.</param>
/// <param name="Min">The least of them.</param>
/// <param name="Max">The most of them.</param>
/// <param name="Floor">The median of what cannot be beaten, measured in the same run; null where there is no such thing.</param>
/// <param name="Ratio">
/// How many times worse than the floor; null without one. Of latencies it is the median over the repetitions, each of which
/// is compared with the floor measured right before it.
/// </param>
/// <param name="Values">How many values there are in all.</param>
/// <param name="Quiet">
/// How many of them had a quiet floor right before and right after; null where no floor is measured. The others do not
/// count, unless it is 0: then the row tells of a computer that was never quiet.
/// </param>
public sealed record Row(
    string Name,
    string Where,
    int Cores,
    int Bytes,
    string Metric,
    double Median,
    double Min,
    double Max,
    double? Floor,
    double? Ratio,
    int Values = 0,
    int? Quiet = null)
{
    /// <summary>Whether there is a floor, and other work disturbed it beside every value.</summary>
    [JsonIgnore]
    public bool IsNeverQuiet => Quiet == 0;
}

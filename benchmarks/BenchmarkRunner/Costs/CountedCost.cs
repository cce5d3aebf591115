using System.Text.Json.Serialization;

namespace BenchmarkRunner.Costs;

/// <summary>What something costs, as it was counted.</summary>
/// <param name="Name">What is done, such as <c>send</c>.</param>
/// <param name="Bytes">The length of a message; 0 where there is none.</param>
/// <param name="Instructions">How many instructions it takes, those of all cores together; the mean of some.</param>
public sealed record CountedCost(string Name, int Bytes, double Instructions)
{
    /// <summary>The row in words.</summary>
    [JsonIgnore]
    public string Title => Bytes == 0 ? Name : $"{Name}, {Bytes} bytes";
}

namespace ToroCosmos.Programs.Tests;

/// <summary>A row of the table of features.</summary>
/// <param name="Feature">What the programs use.</param>
/// <param name="Subject">The programs: the first part of their ids.</param>
/// <param name="Count">How many they are.</param>
/// <param name="State">What becomes of them in a kernel.</param>
internal sealed record FeatureRow(string Feature, string Subject, int Count, string State);

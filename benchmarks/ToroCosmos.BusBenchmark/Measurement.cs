using System;

namespace ToroCosmos.BusBenchmark;

/// <summary>One thing that is measured.</summary>
/// <param name="Name">What, in lower case with dashes.</param>
/// <param name="Bytes">The length of a message.</param>
/// <param name="Metric">The unit of the value.</param>
/// <param name="Run">Measures once.</param>
internal sealed record Measurement(string Name, int Bytes, string Metric, Func<double> Run);

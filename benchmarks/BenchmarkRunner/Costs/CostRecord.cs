using System.Collections.Generic;

namespace BenchmarkRunner.Costs;

/// <summary>All costs of a run, and what counted them.</summary>
/// <param name="Qemu">The emulator's name and version.</param>
/// <param name="Runtime">The version of .NET whose compiler made the kernel.</param>
/// <param name="Costs">The rows.</param>
public sealed record CostRecord(string Qemu, string Runtime, IReadOnlyList<CountedCost> Costs);

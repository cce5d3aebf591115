using System;
using System.Collections.Generic;
using System.Linq;

namespace BenchmarkRunner.Costs;

/// <summary>What was counted beside what is recorded.</summary>
public static class CostComparison
{
    /// <summary>How a count is accepted.</summary>
    public const string Advice = "./build.sh --target=Costs --record=yes";

    /// <summary>A change for each row of either, the counted ones first and in their order.</summary>
    public static IReadOnlyList<CostChange> Compare(CostRecord counted, CostRecord recorded)
    {
        ArgumentNullException.ThrowIfNull(counted);
        ArgumentNullException.ThrowIfNull(recorded);
        return
        [
            .. counted.Costs.Select(cost => new CostChange(cost, recorded.Costs.FirstOrDefault(other => IsSame(cost, other)))),
            .. recorded.Costs
                .Where(other => !counted.Costs.Any(cost => IsSame(cost, other)))
                .Select(other => new CostChange(null, other)),
        ];
    }

    /// <summary>What a record has to be changed for, a line each, and then how; empty when it is true.</summary>
    public static IReadOnlyList<string> Problems(CostRecord counted, CostRecord recorded)
    {
        ArgumentNullException.ThrowIfNull(counted);
        ArgumentNullException.ThrowIfNull(recorded);
        string[] rows = [.. Compare(counted, recorded).Select(change => change.Describe()).OfType<string>()];
        return rows.Length == 0 ? [] : [.. rows, .. OtherTools(counted, recorded), $"'{Advice}' records what was counted in benchmarks/costs.json; that belongs into the same change."];
    }

    private static IEnumerable<string> OtherTools(CostRecord counted, CostRecord recorded)
    {
        if ((counted.Qemu, counted.Runtime) != (recorded.Qemu, recorded.Runtime))
        {
            yield return $"Counted with {counted.Qemu} and .NET {counted.Runtime}, recorded with {recorded.Qemu} and .NET {recorded.Runtime}: another compiler makes other code.";
        }
    }

    private static bool IsSame(CountedCost one, CountedCost other) => (one.Name, one.Bytes) == (other.Name, other.Bytes);
}

using System;
using ToroCosmos.Benchmarking;

namespace ToroCosmos.BusBenchmark;

/// <summary>What can be measured on a machine, by name.</summary>
internal static class Plans
{
    /// <summary>All names, for messages.</summary>
    public const string Names = "pair, all-to-all, ring";

    /// <summary>Makes the measurements of a plan once the cores are started; null when there is no such plan.</summary>
    public static Func<Measurement[]>? Find(string name) => name switch
    {
        "pair" => PairPlan.Create,
        "all-to-all" => () => [GroupMeasurements.AllToAll()],
        "ring" => () => [GroupMeasurements.Ring()],
        _ => null,
    };
}

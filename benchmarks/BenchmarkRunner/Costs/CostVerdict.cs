namespace BenchmarkRunner.Costs;

/// <summary>What a count is beside the recorded one.</summary>
public enum CostVerdict
{
    /// <summary>The same, or so near that it needs no other record.</summary>
    Same,

    /// <summary>More.</summary>
    Grew,

    /// <summary>Less: as long as the old number stands, what was gained could be lost again unseen.</summary>
    Shrank,

    /// <summary>Counted, and not in the record.</summary>
    NotRecorded,

    /// <summary>In the record, and no longer counted.</summary>
    NotCounted,
}

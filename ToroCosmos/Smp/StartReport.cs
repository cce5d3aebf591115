using System.Collections.Generic;
using ToroCosmos.Acpi;

namespace ToroCosmos.Smp;

/// <summary>How the start of the cores went.</summary>
public sealed class StartReport
{
    private readonly List<StartFailure> _failures = [];

    /// <summary>Whether other cores could be started at all.</summary>
    public StartStatus Status { get; internal set; }

    /// <summary>What was wrong with the table of processors; cores listed before the fault were started.</summary>
    public AcpiStatus Acpi { get; internal set; }

    /// <summary>How many processors the machine has, this one included: at least 1.</summary>
    public int Found { get; internal set; } = 1;

    /// <summary>How many cores are online, this one included: at least 1.</summary>
    public int Online { get; internal set; } = 1;

    /// <summary>The processors that are not online, in the table's order.</summary>
    public IReadOnlyList<StartFailure> Failures => _failures;

    internal void Add(StartFailure failure) => _failures.Add(failure);
}

using System.Collections.Generic;
using ToroCosmos.Acpi;
using ToroCosmos.MultiProcessor;
using ToroCosmos.Platform;

namespace ToroCosmos.Smp.Startup;

/// <summary>How the start of the cores went.</summary>
public sealed class StartReport
{
    private readonly List<StartFailure> _failures = [];

    /// <summary>Whether other cores could be started at all.</summary>
    public StartStatus Status { get; internal set; }

    /// <summary>What was wrong with ACPI's table of processors; cores listed before the fault were started.</summary>
    public AcpiStatus Acpi { get; internal set; }

    /// <summary>
    /// What was wrong with the MultiProcessor tables, which are read where ACPI lists no processor; cores listed before
    /// the fault were started.
    /// </summary>
    public MpStatus MultiProcessor { get; internal set; }

    /// <summary>How the rate of <see cref="Platform.Clock"/> is known; where it is not, it is assumed, and times are roughly as asked.</summary>
    public RateStatus Clock { get; internal set; }

    /// <summary>
    /// Ticks by which the clocks of two cores surely differ, after those that could be were corrected; 0 when no difference
    /// shows. Differences below what a way between two cores takes do not show.
    /// </summary>
    public ulong ClockSkew { get; internal set; }

    /// <summary>
    /// How the rate of the cores' timers is known. Without a timer a wait with a time limit does not halt; it pauses.
    /// </summary>
    public RateStatus Timer { get; internal set; }

    /// <summary>How many processors the machine has, this one included: at least 1.</summary>
    public int Found { get; internal set; } = 1;

    /// <summary>How many cores are online, this one included: at least 1.</summary>
    public int Online { get; internal set; } = 1;

    /// <summary>The processors that are not online, in the table's order.</summary>
    public IReadOnlyList<StartFailure> Failures => _failures;

    internal void Add(StartFailure failure) => _failures.Add(failure);
}

using System;
using System.Collections.Generic;

namespace TestRunner.Runs;

/// <summary>What was seen of a run, before it is judged.</summary>
public sealed record RunObservation
{
    /// <summary>Every line of the serial line, in order.</summary>
    public required IReadOnlyList<SerialLine> Lines { get; init; }

    /// <summary>How the emulator ended.</summary>
    public required MachineEnd End { get; init; }

    /// <summary>Whether the runner ended it, for its time or its silence.</summary>
    public bool TimedOut { get; init; }

    /// <summary>The time that the run was given.</summary>
    public TimeSpan Limit { get; init; }

    /// <summary>For how long nothing came when the runner ended the machine for its silence; null when it did not.</summary>
    public TimeSpan? SilentFor { get; init; }

    /// <summary>Where each core was when the runner ended the machine; empty when nobody could tell.</summary>
    public IReadOnlyList<CoreState> Cores { get; init; } = [];
}

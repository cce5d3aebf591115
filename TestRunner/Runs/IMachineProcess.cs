using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace TestRunner.Runs;

/// <summary>A machine that runs. Disposing of it ends it.</summary>
public interface IMachineProcess : IAsyncDisposable
{
    /// <summary>When it was started, as a value of <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</summary>
    long StartedAt { get; }

    /// <summary>The bytes of the machine's serial line, until the machine ends.</summary>
    Stream Serial { get; }

    /// <summary>How the machine ended, once it has.</summary>
    Task<MachineEnd> Completion { get; }

    /// <summary>Where the cores are, for a machine that hangs; empty when nobody can tell soon.</summary>
    Task<IReadOnlyList<CoreState>> FindCoresAsync() => Task.FromResult<IReadOnlyList<CoreState>>([]);

    /// <summary>Ends the machine; harmless when it has ended.</summary>
    void Kill();
}

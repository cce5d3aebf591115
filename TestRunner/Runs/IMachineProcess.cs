using System;
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

    /// <summary>Ends the machine; harmless when it has ended.</summary>
    void Kill();
}

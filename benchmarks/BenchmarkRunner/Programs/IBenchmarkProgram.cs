using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner.Programs;

/// <summary>Something that measures when it is run: a process, or a machine that is booted.</summary>
public interface IBenchmarkProgram
{
    /// <summary>For progress and errors.</summary>
    string Name { get; }

    /// <summary>Where its rows are measured: <c>host</c> or <c>guest</c>.</summary>
    string Where { get; }

    /// <summary>In how many rounds it runs; the same every time is measured once.</summary>
    bool RunsOnce => false;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="BenchmarkException">It did not end well.</exception>
    Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellation);
}

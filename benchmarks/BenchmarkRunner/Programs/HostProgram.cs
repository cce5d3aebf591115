using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Rows;

namespace BenchmarkRunner.Programs;

/// <summary>The benchmarks of the host, in a process of their own.</summary>
/// <param name="assembly">The program's path.</param>
/// <param name="filter">A text that the names of the rows contain.</param>
/// <param name="limit">When it is ended.</param>
public sealed class HostProgram(string assembly, string filter, TimeSpan limit) : IBenchmarkProgram
{
    /// <summary>The exit code that says that this computer cannot measure.</summary>
    private const int CannotMeasure = 3;

    public string Name => "host, two threads";

    public string Where => "host";

    public async Task<IReadOnlyList<Sample>> RunAsync(CancellationToken cancellation)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo("dotnet", filter.Length > 0 ? [assembly, $"--filter={filter}"] : [assembly])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        process.Start();
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            List<Sample> samples = [];
            while (await process.StandardOutput.ReadLineAsync(deadline.Token).ConfigureAwait(false) is { } line)
            {
                samples.AddRange(SampleLines.Read([line]));
            }

            await process.WaitForExitAsync(deadline.Token).ConfigureAwait(false);
            return process.ExitCode == 0
                ? samples
                : throw new BenchmarkException((await errors.ConfigureAwait(false)).Trim(), process.ExitCode == CannotMeasure);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new BenchmarkException($"it did not end within {limit.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}

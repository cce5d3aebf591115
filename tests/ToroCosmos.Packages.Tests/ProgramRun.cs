using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ToroCosmos.Packages.Tests;

/// <summary>Runs programs to their end, as the tests of builds and packages do.</summary>
internal static class ProgramRun
{
    /// <summary>Starts a program and waits for its end.</summary>
    /// <param name="start">What to start; its output is redirected here.</param>
    /// <param name="limit">When it is ended, with all that it started.</param>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<ProgramResult> ToEndAsync(ProcessStartInfo start, TimeSpan limit)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(limit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{start.FileName} {string.Join(' ', start.ArgumentList)} did not end within {limit}.");
        }

        return new ProgramResult(process.ExitCode, await output, await errors);
    }
}

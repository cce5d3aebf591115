using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Programs;
using TestRunner.Machines;

namespace BenchmarkRunner.Plots;

/// <summary>Runs gnuplot.</summary>
internal static class Gnuplot
{
    private const string Program = "gnuplot";

    /// <summary>Runs a script.</summary>
    /// <exception cref="BenchmarkException">gnuplot is not there or did not like it.</exception>
    public static async Task DrawAsync(string script, CancellationToken cancellation)
    {
        string program = ProgramFinder.Find(Program) ?? throw new BenchmarkException(
            "gnuplot is not on the PATH; './build.sh --target=Bench' installs it, Debian's package is gnuplot-nox", isLack: true);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, "-") { RedirectStandardInput = true, RedirectStandardError = true },
        };
        process.Start();
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.StandardInput.WriteAsync(script).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its words say why.
        }

        string words = await errors.ConfigureAwait(false);
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new BenchmarkException($"gnuplot failed: {words.Trim()}");
        }
    }
}

using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BenchmarkRunner.Costs;
using BenchmarkRunner.Programs;
using TestRunner.Cli;

namespace BenchmarkRunner;

/// <summary>Runs all benchmarks by turns and reports them.</summary>
internal static class Program
{
    private const int Failed = 1;

    private static async Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Runs the benchmarks of the host and of booted machines by turns, and reports them.");
        BenchmarkOptions.AddTo(root);
        root.SetAction((parsed, cancellation) => RunAsync(() => MeasureAsync(parsed, cancellation)));
        root.Subcommands.Add(CostsCommand.Create(RunAsync));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync().ConfigureAwait(false);
        }

        Tell(parsed.Errors[0].Message);
        return ExitCode.BadUsage;
    }

    private static async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellation) =>
        await new BenchmarkReport(BenchmarkOptions.Of(parsed)).RunAsync(cancellation).ConfigureAwait(false) ? 0 : Failed;

    private static async Task<int> RunAsync(Func<Task<int>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (BenchmarkException exception)
        {
            Tell(exception.Message);
            return Failed;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Tell(exception.Message);
            return ExitCode.BadUsage;
        }
        catch (OperationCanceledException)
        {
            Tell("interrupted; nothing was written.");
            return ExitCode.Interrupted;
        }
    }

    private static void Tell(string message) => Console.Error.WriteLine($"BenchmarkRunner: {message}");
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Cli;

namespace TestRunner;

/// <summary>Boots kernels on emulated machines and judges them by their serial line.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Boots kernels on emulated machines and judges them by their serial line.")
        {
            new RunCommand(),
            new MatrixCommand(),
            new ProbeCommand(),
        };

        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                ConsoleReport.Error(error.Message);
            }

            return ExitCode.BadUsage;
        }

        // System.CommandLine sees to Ctrl-C and SIGTERM. A closed terminal must not leave a machine behind either.
        using var hangUp = new CancellationTokenSource();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            context =>
            {
                context.Cancel = true;
                hangUp.Cancel();
            });
        return await parsed.InvokeAsync(cancellationToken: hangUp.Token).ConfigureAwait(false);
    }
}

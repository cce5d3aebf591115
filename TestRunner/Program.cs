using System.CommandLine;
using System.CommandLine.Parsing;
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

        return await parsed.InvokeAsync().ConfigureAwait(false);
    }
}

using System;
using System.IO;
using Spectre.Console;

namespace TestRunner.Cli;

/// <summary>The two consoles. On a pipe they are plain and as wide as need be: nothing is wrapped for a machine to read.</summary>
internal static class Terminals
{
    /// <summary>Wider than any table, so that a pipe gets each row on one line.</summary>
    private const int PipeWidth = 400;

    private static readonly Lazy<IAnsiConsole> s_output = new(() => Create(Console.Out, Console.IsOutputRedirected));
    private static readonly Lazy<IAnsiConsole> s_errors = new(() => Create(Console.Error, Console.IsErrorRedirected));

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Output => s_output.Value;

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Errors => s_errors.Value;

    /// <summary>Whether standard output takes colours; NO_COLOR (no-color.org) says no whatever its value.</summary>
    public static bool OutputHasColours => HasColours(Output);

    /// <summary>Whether a console takes colours.</summary>
    public static bool HasColours(IAnsiConsole console) => console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        bool plain = redirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
        {
            console.Profile.Width = PipeWidth;
        }

        return console;
    }
}

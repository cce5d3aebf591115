using System;
using System.Collections.Generic;
using System.Diagnostics;
using TestRunner.Machines;

namespace TestRunner.Bochs;

/// <summary>How Bochs is called.</summary>
public static class BochsCommand
{
    /// <summary>The name of the program.</summary>
    public const string Program = "bochs";

    /// <summary>What to say where it is missing.</summary>
    public const string HowToInstall = "bochs is not on the PATH; './build.sh --target=Setup' installs it";

    /// <summary>The path of Bochs, or null. Its text display, the one without a window or a port, is not for Windows.</summary>
    public static string? Find() => OperatingSystem.IsWindows() ? null : ProgramFinder.Find(Program);

    /// <summary>The arguments for a machine; the names are those of files in the working folder.</summary>
    /// <param name="configuration">The description of the machine.</param>
    /// <param name="debuggerScript">
    /// What the built-in debugger executes, for a Bochs that has one and would stop at its prompt; null for one without.
    /// </param>
    public static IReadOnlyList<string> Arguments(string configuration, string? debuggerScript) =>
        debuggerScript is null ? ["-q", "-f", configuration] : ["-q", "-f", configuration, "-rc", debuggerScript];

    /// <summary>A start of Bochs that sees no terminal of the user's and leaves its files in a folder.</summary>
    public static ProcessStartInfo CreateStart(string program, IEnumerable<string> arguments, string folder)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The text display asks for a kind of terminal, not for a terminal: curses draws into the pipe.
        start.Environment["TERM"] = "vt100";
        return start;
    }
}

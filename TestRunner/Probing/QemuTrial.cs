using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using TestRunner.Machines;

namespace TestRunner.Probing;

/// <summary>Starts QEMU with some arguments, without running a guest, to learn whether it takes them.</summary>
public static class QemuTrial
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>What a trial adds: the machine stays stopped, and the monitor reads standard input.</summary>
    private static readonly string[] s_stopped =
        ["-S", "-display", "none", "-nodefaults", "-serial", "none", "-no-user-config", "-monitor", "stdio"];

    /// <summary>Null when QEMU takes the arguments; else its own words.</summary>
    public static string? WhyNot(string qemu, IEnumerable<string> arguments) =>
        Run(qemu, [.. arguments, .. s_stopped], "quit\n") is (var status, _, var errors) && status != 0
            ? errors.Length > 0 ? OneLine(errors) : $"QEMU ended with status {status}"
            : null;

    /// <summary>QEMU's version, or what it printed instead.</summary>
    public static string Version(string qemu)
    {
        const string Prefix = "QEMU emulator version ";
        string line = Run(qemu, ["--version"], "").Output.Split('\n')[0].Trim();
        return line.StartsWith(Prefix, StringComparison.Ordinal) ? $"QEMU {line[Prefix.Length..].Split(' ')[0]}" : line;
    }

    private static (int Status, string Output, string Errors) Run(string qemu, IReadOnlyList<string> arguments, string input)
    {
        var start = new ProcessStartInfo(qemu)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using Process process = Process.Start(start) ?? throw new MachineException($"'{qemu}' could not be started.");
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            try
            {
                process.StandardInput.Write(input);
                process.StandardInput.Close();
            }
            catch (System.IO.IOException)
            {
                // It has refused its arguments and left.
            }

            if (!process.WaitForExit(s_limit))
            {
                process.Kill();
                process.WaitForExit();
                return (-1, "", $"QEMU did not answer within {s_limit.TotalSeconds:0} s");
            }

            return (process.ExitCode, output.Result, errors.Result.Trim());
        }
        catch (Win32Exception exception)
        {
            return (-1, "", exception.Message);
        }
    }

    /// <summary>QEMU's words on one line, without its name before each.</summary>
    private static string OneLine(string text) => string.Join(
        "; ", text.Split('\n').Select(line => line.Replace($"{QemuCommand.Program}: ", "", StringComparison.Ordinal).Trim()));
}

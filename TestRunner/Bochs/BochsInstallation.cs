using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Bochs;

/// <summary>A Bochs, as it tells of itself.</summary>
/// <param name="Program">Its path.</param>
/// <param name="Version">Its version.</param>
/// <param name="HasDebugger">Whether its debugger is built in, as Debian's is: such a Bochs starts at a prompt.</param>
/// <param name="Models">The processors that it emulates.</param>
public sealed partial record BochsInstallation(string Program, string Version, bool HasDebugger, IReadOnlyList<string> Models)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>What this computer's answered, by its path: it need not be asked before every machine.</summary>
    private static readonly ConcurrentDictionary<string, BochsInstallation> s_known = new(StringComparer.Ordinal);

    /// <summary>Asks the Bochs of this computer, once; null when there is none.</summary>
    /// <exception cref="MachineException">It does not answer.</exception>
    public static BochsInstallation? Find() => BochsCommand.Find() is { } program ? s_known.GetOrAdd(program, Ask) : null;

    /// <summary>Asks a Bochs.</summary>
    /// <param name="program">Its path.</param>
    /// <exception cref="MachineException">It does not answer.</exception>
    public static BochsInstallation Ask(string program)
    {
        string models = Run(program, ["--help", "cpu"]);
        string options = Run(program, ["--help"]);
        return new BochsInstallation(
            program,
            $"Bochs {Banner().Match(models + options).Groups["version"].Value}".TrimEnd(),
            options.Contains("-rc filename", StringComparison.Ordinal),
            BochsModels.Parse(models));
    }

    /// <summary>The script that lets a machine run, or a trial end, at the debugger's prompt; null without a debugger.</summary>
    public string? DebuggerScript(string commands, TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!HasDebugger)
        {
            return null;
        }

        const string Name = "debugger.txt";
        File.WriteAllText(folder.File(Name), commands + "\n");
        return Name;
    }

    /// <summary>Why this Bochs has no such processor, or null when it has.</summary>
    public string? WhyNot(string model) => Models.Contains(model)
        ? null
        : $"{Version} has no processor '{model}'; expected one of {string.Join(", ", Models)}";

    /// <summary>
    /// Why a machine of this Bochs does not start, or null when it does. Only a Bochs with a debugger can be made to stop
    /// before the first instruction; any other is taken to work.
    /// </summary>
    public string? WhyNotStarted()
    {
        using var folder = new TemporaryFolder();
        var machine = new MachineSpec { Image = new BootImage("none", BootImageKind.Iso), Hypervisor = HypervisorKind.Bochs, Cores = 2 };
        if (DebuggerScript("q", folder) is not { } script)
        {
            return null;
        }

        const string Configuration = "bochsrc";
        File.WriteAllText(folder.File(Configuration), BochsrcFile.Text(machine));
        var log = new BochsLog();
        string words = Run(Program, BochsCommand.Arguments(Configuration, script), folder.Path);
        foreach (string line in words.Split('\n'))
        {
            log.Read(line);
        }

        if (File.Exists(folder.File(BochsrcFile.Log)))
        {
            foreach (string line in File.ReadLines(folder.File(BochsrcFile.Log)))
            {
                log.Read(line);
            }
        }

        return log.Failure;
    }

    private static string Run(string program, IReadOnlyList<string> arguments, string? folder = null)
    {
        using Process process = EmulatorProgram.Start(BochsCommand.CreateStart(program, arguments, folder ?? Path.GetTempPath()));
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            EmulatorProgram.End(process);
            process.WaitForExit();
            throw new MachineException($"'{program}' did not answer within {s_limit.TotalSeconds:0} s.");
        }

        return output.Result + errors.Result;
    }

    [GeneratedRegex(@"Bochs x86 Emulator (?<version>\S+)")]
    private static partial Regex Banner();
}

using System;
using System.Globalization;
using System.Linq;
using Spectre.Console;
using TestRunner.KernelTests;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>
/// What the user sees of one run. Standard output carries the machine's serial line and nothing else; the runner's own
/// words go to standard error.
/// </summary>
internal static class ConsoleReport
{
    /// <summary>After a hang all that did not run has failed: the first are worth reading.</summary>
    private const int MaximumTestsReported = 20;

    public static void Start(MachineSpec machine, AcceleratorDecision? decision)
    {
        string accelerator = decision?.Accelerator switch
        {
            null => MachineWords.NameOf(machine.Hypervisor),
            Accelerator.Kvm => "kvm",
            Accelerator.TcgSingle => "tcg, one thread",
            Accelerator.TcgCounted => "tcg, one thread, counted",
            _ => "tcg",
        };
        string reason = decision is { KvmProbedNow: true } ? $" ({decision.Reason})" : "";
        string firmware = machine.Firmware == FirmwareKind.Uefi ? "UEFI" : "BIOS";
        string type = MachineWords.WordFor(MachineWords.Machines, machine.Type);
        Note($"{type}, {firmware}, {machine.Cores} core{(machine.Cores == 1 ? "" : "s")}, {machine.MemoryMegabytes} MB, {accelerator}{reason}");
        if (machine.GdbPort is { } port)
        {
            Note($"halted until gdb continues it; in another terminal: {GdbCommand.For(machine.Image, port)}");
            if (GdbCommand.FindMissing(machine.Image) is { } missing)
            {
                Note($"there is no {missing}: gdb will know no lines");
            }
        }
    }

    public static void Line(SerialLine line)
    {
        if (Terminals.OutputHasColours)
        {
            Terminals.Output.Write(CoreColours.Paint(line.Text));
            Terminals.Output.WriteLine();
        }
        else
        {
            Console.Out.WriteLine(line.Text);
        }
    }

    public static void End(RunResult result)
    {
        string cause = result.Cause.Length > 0 ? $": {result.Cause}" : "";
        Note($"{Word(result.Verdict)}{cause}", new Style(Colour(result.Verdict)));
        foreach (string detail in result.Details)
        {
            Console.Error.WriteLine($"    {detail}");
        }

        if (result.Tests is { } tests)
        {
            Tests(tests);
        }

        if (result.End is null)
        {
            return;
        }

        string lines = result.FirstLineAt is { } first && result.LastLineAt is { } last
            ? $"first line after {Seconds(first)}, last after {Seconds(last)}, "
            : "no line, ";
        Note($"{result.Lines.Count} line{(result.Lines.Count == 1 ? "" : "s")}, {lines}end after {Seconds(result.Duration)}");
    }

    private static void Tests(KernelTestReport tests)
    {
        KernelTestResult[] told = [.. tests.Results.Where(test => test.Outcome is KernelTestOutcome.Failed or KernelTestOutcome.Skipped)];
        foreach (KernelTestResult test in told.Take(MaximumTestsReported))
        {
            string word = test.Outcome == KernelTestOutcome.Failed ? "failed" : "skipped";
            Console.Error.WriteLine($"    {word} {test.Id} ({test.Place}): {test.Message.Replace("\n", "\n        ", StringComparison.Ordinal)}");
        }

        if (told.Length > MaximumTestsReported)
        {
            Console.Error.WriteLine($"    and {told.Length - MaximumTestsReported} more; --junit and --tap have all");
        }

        Note($"{tests.Passed} tests passed, {tests.Failed} failed, {tests.Skipped} skipped");
    }

    public static void Error(string message) => Note(message, new Style(Color.Red));

    /// <summary>The word for a verdict.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Passed => "passed",
        Verdict.Failed => "failed",
        Verdict.NotStarted => "not started",
        Verdict.Hung => "hung",
        Verdict.Interrupted => "interrupted",
        _ => "panicked",
    };

    /// <summary>The colour of a verdict.</summary>
    public static Color Colour(Verdict verdict) => verdict == Verdict.Passed ? Color.Green : Color.Red;

    /// <summary>A time as reports show it.</summary>
    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.000} s");

    private static void Note(string text, Style? style = null)
    {
        if (style is not null && Terminals.HasColours(Terminals.Errors))
        {
            Terminals.Errors.Write(new Text($"TestRunner: {text}", style));
            Terminals.Errors.WriteLine();
        }
        else
        {
            Console.Error.WriteLine($"TestRunner: {text}");
        }
    }
}

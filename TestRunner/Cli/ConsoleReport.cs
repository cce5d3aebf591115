using System;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Cli;

/// <summary>
/// What the user sees. Standard output carries the machine's serial line and nothing else; the runner's own words go to
/// standard error.
/// </summary>
internal static class ConsoleReport
{
    public static void Start(MachineSpec machine, AcceleratorDecision decision)
    {
        string type = machine.Type == MachineType.Q35 ? "q35" : "pc";
        string accelerator = decision.Accelerator switch
        {
            Accelerator.Kvm => "kvm",
            Accelerator.TcgSingle => "tcg, one thread",
            _ => "tcg",
        };
        string reason = decision.KvmProbedNow ? $" ({decision.Reason})" : "";
        string firmware = machine.Firmware == FirmwareKind.Uefi ? "UEFI" : "BIOS";
        Console.Error.WriteLine(
            $"TestRunner: {type}, {firmware}, {machine.Cores} core{(machine.Cores == 1 ? "" : "s")}, "
            + $"{machine.MemoryMegabytes} MB, {accelerator}{reason}");
    }

    public static void Line(SerialLine line) => Console.Out.WriteLine(line.Text);

    public static void End(RunResult result)
    {
        string verdict = result.Verdict switch
        {
            Verdict.Passed => "passed",
            Verdict.Failed => "failed",
            Verdict.NotStarted => "not started",
            Verdict.Hung => "hung",
            _ => "panicked",
        };
        string cause = result.Cause.Length > 0 ? $": {result.Cause}" : "";
        Console.Error.WriteLine($"TestRunner: {verdict}{cause}");
        if (result.End is null)
        {
            return;
        }

        string lines = result.FirstLineAt is { } first && result.LastLineAt is { } last
            ? $"first line after {first.TotalSeconds:0.000} s, last after {last.TotalSeconds:0.000} s, "
            : "no line, ";
        Console.Error.WriteLine(
            $"TestRunner: {result.Lines.Count} line{(result.Lines.Count == 1 ? "" : "s")}, {lines}end after {result.Duration.TotalSeconds:0.000} s");
    }

    public static void Error(string message) => Console.Error.WriteLine($"TestRunner: {message}");
}

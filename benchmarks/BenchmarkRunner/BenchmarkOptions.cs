using System;
using System.CommandLine;
using System.IO;
using TestRunner.Cli;
using TestRunner.Machines;

namespace BenchmarkRunner;

/// <summary>The command line.</summary>
internal sealed class BenchmarkOptions
{
    private static readonly Option<string> s_host = Required("--host", "The host's benchmarks: ToroCosmos.HostBenchmarks.dll.");
    private static readonly Option<string> s_kernel = Required("--kernel", "The benchmark kernel: ToroCosmos.BusBenchmark.elf.");
    private static readonly Option<string> s_demo = Required("--demo", "The demo kernel: ToroCosmos.Demo.elf.");
    private static readonly Option<string> s_iso = Required("--iso", "The demo's CD image: ToroCosmos.Demo.iso.");
    private static readonly Option<string> s_output = Required("--output", "The folder for bench.json and bench.svg.");
    private static readonly Option<string?> s_peers = new("--peers")
    {
        Description = "The folder with the peers' Linux guest (vmlinuz, initrd.img); measures the peers too.",
        HelpName = "FOLDER",
    };

    private static readonly Option<int?> s_rounds =
        OptionFactory.Number("--rounds", "In how many rounds everything is run; each has five repetitions (3).", 1, 1000);

    private static readonly Option<string?> s_filter = OptionFactory.Parsed<string?>(
        "--filter", "TEXT", "Only rows with this text in their names.", ParseFilter);

    private static readonly Option<AcceleratorChoice> s_accelerator = OptionFactory.Choice(
        "--accel", "What runs the machines; auto takes KVM where it really works (auto).", MachineWords.Accelerators);

    public required string Host { get; init; }
    public required string Kernel { get; init; }
    public required string DemoKernel { get; init; }
    public required string DemoIso { get; init; }
    public required string Output { get; init; }
    public required string? Peers { get; init; }
    public required int Rounds { get; init; }
    public required string Filter { get; init; }
    public required AcceleratorChoice Accelerator { get; init; }

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[s_host, s_kernel, s_demo, s_iso, s_output, s_peers, s_rounds, s_filter, s_accelerator])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="FileNotFoundException">Something to run is not there.</exception>
    public static BenchmarkOptions Of(ParseResult parsed)
    {
        foreach (string file in (string[])[parsed.GetValue(s_host)!, parsed.GetValue(s_kernel)!, parsed.GetValue(s_demo)!, parsed.GetValue(s_iso)!])
        {
            if (!File.Exists(file))
            {
                throw new FileNotFoundException($"There is no file '{file}'; './build.sh --target=Bench' builds and runs all.");
            }
        }

        return new BenchmarkOptions
        {
            Host = parsed.GetValue(s_host)!,
            Kernel = parsed.GetValue(s_kernel)!,
            DemoKernel = parsed.GetValue(s_demo)!,
            DemoIso = parsed.GetValue(s_iso)!,
            Output = parsed.GetValue(s_output)!,
            Peers = parsed.GetValue(s_peers),
            Rounds = parsed.GetValue(s_rounds) ?? 3,
            Filter = parsed.GetValue(s_filter) ?? "",
            Accelerator = parsed.GetValue(s_accelerator),
        };
    }

    private static Option<string> Required(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "PATH",
        Required = true,
    };

    /// <summary>It travels on a kernel's command line, where a space would end it.</summary>
    private static string ParseFilter(string text) => text.Contains(' ', StringComparison.Ordinal)
        ? throw new FormatException("a row's name has no space in it.")
        : text;
}

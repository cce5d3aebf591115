using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using TestRunner.Cli;
using TestRunner.Machines;
using TestRunner.Runs;

namespace TestRunner.Matrix;

/// <summary>
/// Reads profiles strictly: what is unknown, missing, given twice or impossible is an error with its place, so that a
/// misspelt option never becomes a default.
/// </summary>
public static class MatrixReader
{
    private const int MinimumCores = 1;

    private static readonly JsonSerializerOptions s_options = CreateOptions();

    /// <summary>Reads a file and prepares its cells.</summary>
    /// <exception cref="MatrixException">The file cannot be read or is wrong.</exception>
    public static IReadOnlyList<PlannedCell> Read(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MatrixException(exception.Message, exception);
        }
    }

    /// <summary>Prepares the cells of a text.</summary>
    /// <param name="json">The text, in UTF-8.</param>
    /// <param name="path">Path of its file, for messages and for what is named from its folder.</param>
    /// <exception cref="MatrixException">The text is wrong.</exception>
    public static IReadOnlyList<PlannedCell> Read(ReadOnlySpan<byte> json, string path)
    {
        MatrixFile file;
        try
        {
            file = JsonSerializer.Deserialize<MatrixFile>(json, s_options) ?? throw new JsonException("expected an object");
        }
        catch (JsonException exception)
        {
            throw Wrong(path, (exception.LineNumber ?? 0) + 1, exception.Path ?? "$", FirstSentence(exception.Message));
        }

        IReadOnlyDictionary<string, int> lines = JsonPlaces.Find(json);
        MatrixException At(string place, string message) => Wrong(path, JsonPlaces.LineOf(lines, place), place, message);

        CheckRules(file, At);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        HashSet<string> names = [];
        List<PlannedCell> cells = [];
        for (int i = 0; i < file.Cells.Count; i++)
        {
            string place = $"$.cells[{i}]";
            MatrixCell cell = file.Cells[i] ?? throw At(place, "expected an object");
            if (!names.Add(cell.Name))
            {
                throw At($"{place}.name", $"there are two cells '{cell.Name}'");
            }

            cells.Add(Plan(file, cell, folder, (member, message) => At($"{place}.{member}", message)));
        }

        return cells.Count > 0 ? cells : throw At("$.cells", "there is no cell");
    }

    private static PlannedCell Plan(MatrixFile file, MatrixCell cell, string folder, Func<string, string, MatrixException> at)
    {
        CheckCell(file, cell, at);
        int cores = cell.Cores ?? cell.Topology?.Processors ?? 3;
        RunExpectation expectation = Expectation(file, cell, cores, folder, at);
        string image = Path.GetFullPath(Path.Combine(folder, file.Images[cell.Image]));
        MachineSpec machine;
        try
        {
            machine = new MachineSpec
            {
                Image = BootImage.Open(image),
                Cores = cores,
                MemoryMegabytes = cell.Memory ?? 128,
                Type = cell.Machine,
                Topology = cell.Topology,
                Cpu = cell.Cpu,
                Accelerator = cell.Accel,
                Firmware = cell.Firmware,
                Acpi = cell.Acpi,
                Hypervisor = cell.Hypervisor,
                Append = cell.Append,
                Devices = cell.Device,
            };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Not the profiles' mistake: the kernel is not built. The other cells may run.
            return new PlannedCell(cell, null, expectation) { Problem = $"{exception.Message} Build the kernel first." };
        }

        return machine.FindContradiction() is { } contradiction
            ? throw at("image", contradiction)
            : new PlannedCell(cell, machine, expectation);
    }

    private static void CheckRules(MatrixFile file, Func<string, string, MatrixException> at)
    {
        foreach ((string name, IReadOnlyList<LineRule> rules) in file.Transcripts)
        {
            for (int i = 0; i < rules.Count; i++)
            {
                if (rules[i].FindUnknownName() is { } unknown)
                {
                    throw at($"$.transcripts.{name}[{i}].lines", $"nothing fills '{{{unknown}}}': it is not in forEach");
                }
            }
        }
    }

    private static void CheckCell(MatrixFile file, MatrixCell cell, Func<string, string, MatrixException> at)
    {
        if (string.IsNullOrWhiteSpace(cell.Name))
        {
            throw at("name", "a cell needs a name");
        }

        if (string.IsNullOrWhiteSpace(cell.Why))
        {
            throw at("why", "a cell needs a sentence that says why it exists");
        }

        if (!file.Images.ContainsKey(cell.Image))
        {
            throw at("image", $"there is no image '{cell.Image}'; expected one of {string.Join(", ", file.Images.Keys)}");
        }

        if (cell.Cores is < MinimumCores or > MachineLimits.MaximumCores)
        {
            throw at("cores", $"expected a number from {MinimumCores} to {MachineLimits.MaximumCores}");
        }

        if (cell.Memory is < 1)
        {
            throw at("memory", "expected a number of MB above 0");
        }

        try
        {
            _ = cell.Cpu is null ? null : QemuName.ParseCpu(cell.Cpu);
        }
        catch (FormatException exception)
        {
            throw at("cpu", exception.Message);
        }

        try
        {
            foreach (string device in cell.Device)
            {
                QemuName.ParseDevice(device);
            }
        }
        catch (FormatException exception)
        {
            throw at("device", exception.Message);
        }
    }

    private static RunExpectation Expectation(
        MatrixFile file, MatrixCell cell, int cores, string folder, Func<string, string, MatrixException> at)
    {
        CellExpectation expect = cell.Expect;
        if (expect.Count() != 1)
        {
            throw at("expect", "expected exactly one of transcript, lines, file, refusal, tests");
        }

        var none = new RunExpectation(null, cell.Firmware == FirmwareKind.Uefi);
        if (expect.Tests)
        {
            return none with { KernelTests = true };
        }

        if (expect.Refusal is not null)
        {
            return none with { Refusal = new Transcript(expect.Refusal) };
        }

        if (expect.Transcript is not null)
        {
            return file.Transcripts.TryGetValue(expect.Transcript, out IReadOnlyList<LineRule>? rules)
                ? none with { Transcript = new Transcript([.. rules.SelectMany(rule => rule.Make(cores))]) }
                : throw at("expect.transcript", $"there is no transcript '{expect.Transcript}'");
        }

        if (expect.Lines is not null)
        {
            return none with { Transcript = new Transcript(expect.Lines) };
        }

        try
        {
            return none with { Transcript = Transcript.Read(Path.Combine(folder, expect.File!)) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw at("expect.file", exception.Message);
        }
    }

    private static MatrixException Wrong(string path, long line, string place, string message) =>
        new($"{path}:{line}: {place}: {message}");

    /// <summary>The serializer repeats the place after its sentence.</summary>
    private static string FirstSentence(string message) => message.Split(" Path: ")[0].TrimEnd('.');

    private static JsonSerializerOptions CreateOptions() => new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters =
        {
            Words(MachineWords.Machines),
            Words(MachineWords.Accelerators),
            Words(MachineWords.Firmwares),
            Words(MachineWords.Acpi),
            Words(MachineWords.Hypervisors),
            Words<CellNeed>([("x2apic", CellNeed.X2Apic)]),
            new TextConverter<Topology>(Topology.Parse),
            new TextConverter<TimeSpan>(Duration.Parse),
        },
    };

    private static TextConverter<T> Words<T>(IReadOnlyList<(string Word, T Value)> words) =>
        new(text => MachineWords.Parse(words, text));
}

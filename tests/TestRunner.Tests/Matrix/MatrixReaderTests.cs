using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using TestRunner.Machines;
using TestRunner.Matrix;
using Xunit;

namespace TestRunner.Tests.Matrix;

public sealed class MatrixReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MatrixReaderTests()
    {
        File.WriteAllBytes(_folder.File("k.elf"), [0x7F, (byte)'E', (byte)'L', (byte)'F']);
        File.WriteAllLines(_folder.File("lines.txt"), ["one", "two"]);
    }

    public void Dispose() => _folder.Dispose();

    private IReadOnlyList<PlannedCell> Read(string cells) => MatrixReader.Read(Encoding.UTF8.GetBytes(
        $$"""
        {
          "images": { "k": "k.elf", "missing": "none.elf" },
          "transcripts": { "t": [ { "forEach": ["a", "b"], "lines": ["{a}>{b}"] }, { "forEach": ["c"], "from": 1, "lines": ["{c}", "-"] } ] },
          "cells": [
            {{cells}}
          ]
        }
        """), _folder.File("profiles.json"));

    private string Refusal(string cells) => Assert.Throws<MatrixException>(() => Read(cells)).Message;

    [Fact]
    public void A_cell_has_the_options_of_the_command_run()
    {
        PlannedCell cell = Assert.Single(Read(
            """
            { "name": "n", "why": "w", "short": true, "image": "k", "cores": 6, "memory": 64, "machine": "q35",
              "topology": "sockets=2,cores=3", "cpu": "max", "accel": "tcg-single", "device": ["virtio-rng-pci"],
              "append": "x", "timeout": "5s", "silence": "500ms", "needs": ["x2apic"], "expect": { "lines": ["a"] } }
            """));

        Assert.True(cell.Cell.IsShort);
        Assert.Equal([CellNeed.X2Apic], cell.Cell.Needs);
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500)), (cell.Timeout, cell.Silence));
        MachineSpec machine = cell.Machine!;
        Assert.Equal(BootImageKind.Kernel, machine.Image.Kind);
        Assert.Equal(
            (6, 64, MachineType.Q35, new Topology(2, 3, 1), "max", AcceleratorChoice.TcgSingle, "x"),
            (machine.Cores, machine.MemoryMegabytes, machine.Type, machine.Topology, machine.Cpu, machine.Accelerator, machine.Append));
        Assert.Equal(["virtio-rng-pci"], machine.Devices);
        Assert.Equal(["a"], cell.Expectation.Transcript!.Lines);
    }

    [Theory]
    [InlineData("""{ "transcript": "t" }""", "0>1", "1>0", "1", "-")]
    [InlineData("""{ "file": "lines.txt" }""", "one", "two")]
    public void A_transcript_comes_from_a_rule_or_a_file(string expect, params string[] lines)
    {
        PlannedCell cell = Assert.Single(Read($$"""{ "name": "n", "why": "w", "image": "k", "cores": 2, "expect": {{expect}} }"""));

        Assert.Equal(lines, cell.Expectation.Transcript!.Lines);
    }

    [Fact]
    public void Tests_and_refusals_are_expectations_too()
    {
        IReadOnlyList<PlannedCell> cells = Read(
            """
            { "name": "1", "why": "w", "image": "k", "expect": { "tests": true } },
            { "name": "2", "why": "w", "image": "k", "expect": { "refusal": ["no"] } }
            """);

        Assert.True(cells[0].Expectation.KernelTests);
        Assert.Equal(["no"], cells[1].Expectation.Refusal!.Lines);
    }

    [Fact]
    public void A_kernel_that_is_not_built_does_not_stop_the_others()
    {
        PlannedCell cell = Assert.Single(Read("""{ "name": "n", "why": "w", "image": "missing", "expect": { "lines": [] } }"""));

        Assert.Null(cell.Machine);
        Assert.Contains("none.elf", cell.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"colour\": 1", "$.cells[0].colour", "colour")]
    [InlineData("\"cores\": \"3\"", "$.cells[0].cores", "")]
    [InlineData("\"cores\": 0", "$.cells[0].cores", "from 1 to 1024")]
    [InlineData("\"cores\": 3, \"cores\": 3", "$.cells[0].cores", "cores")]
    [InlineData("\"machine\": \"isa\"", "$.cells[0].machine", "expected one of pc, q35, microvm")]
    [InlineData("\"machine\": 1", "$.cells[0].machine", "expected a text")]
    [InlineData("\"topology\": \"x\"", "$.cells[0].topology", "sockets=N")]
    [InlineData("\"topology\": \"sockets=2\", \"cores\": 3", "$.cells[0].image", "2 processors, but 3")]
    [InlineData("\"timeout\": \"soon\"", "$.cells[0].timeout", "not a duration")]
    [InlineData("\"needs\": [\"wings\"]", "$.cells[0].needs[0]", "x2apic")]
    [InlineData("\"cpu\": \"help\"", "$.cells[0].cpu", "not a processor")]
    [InlineData("\"device\": [\"-kernel\"]", "$.cells[0].device", "not a device")]
    [InlineData("\"firmware\": \"uefi\"", "$.cells[0].image", "UEFI")]
    public void What_is_wrong_is_told_with_its_line_and_path(string member, string place, string message)
    {
        string refusal = Refusal($$"""{ "name": "n", "why": "w", "image": "k", "expect": { "lines": [] }, {{member}} }""");

        Assert.Contains("profiles.json:5: ", refusal, StringComparison.Ordinal);
        Assert.Contains($" {place}: ", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "n", "image": "k", "expect": { "tests": true } }""", "why")]
    [InlineData("""{ "name": "n", "why": " ", "image": "k", "expect": { "tests": true } }""", "$.cells[0].why")]
    [InlineData("""{ "name": "n", "why": "w", "image": "z", "expect": { "tests": true } }""", "expected one of k, missing")]
    [InlineData("""{ "name": "n", "why": "w", "image": "k", "expect": { } }""", "exactly one of")]
    [InlineData("""{ "name": "n", "why": "w", "image": "k", "expect": { "tests": true, "lines": [] } }""", "exactly one of")]
    [InlineData("""{ "name": "n", "why": "w", "image": "k", "expect": { "transcript": "z" } }""", "no transcript 'z'")]
    [InlineData("""{ "name": "n", "why": "w", "image": "k", "expect": { "file": "z.txt" } }""", "z.txt")]
    [InlineData("", "there is no cell")]
    [InlineData("{", "profiles.json:")]
    public void What_is_missing_is_told(string cell, string message) => Assert.Contains(message, Refusal(cell), StringComparison.Ordinal);

    [Fact]
    public void Two_cells_of_one_name_are_told_with_the_line_of_the_second()
    {
        string refusal = Refusal(
            """
            { "name": "n", "why": "w", "image": "k", "expect": { "tests": true } },
                { "name": "n", "why": "w", "image": "k", "expect": { "tests": true } }
            """);

        Assert.Contains("profiles.json:6: $.cells[1].name: there are two cells 'n'", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_nothing_fills_is_told() => Assert.Equal("z", new LineRule { ForEach = ["a"], Lines = ["{a} {z}"] }.FindUnknownName());

    [Fact]
    public void A_rule_without_names_makes_its_lines_once() =>
        Assert.Equal(["a", "b"], new LineRule { Lines = ["a", "b"] }.Make(4));

    [Fact]
    public void Names_run_with_the_first_slowest_and_never_meet() => Assert.Equal(
        ["01", "02", "10", "12", "20", "21"],
        new LineRule { ForEach = ["x", "y"], Lines = ["{x}{y}"] }.Make(3));

    [Fact]
    public void A_missing_file_is_told() => Assert.Contains(
        "none.json", Assert.Throws<MatrixException>(() => MatrixReader.Read(_folder.File("none.json"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_transcript_of_one_core_has_no_rounds_of_two() =>
        Assert.Empty(new[] { new LineRule { ForEach = ["x", "y"], Lines = ["l"] } }.SelectMany(rule => rule.Make(1)));
}

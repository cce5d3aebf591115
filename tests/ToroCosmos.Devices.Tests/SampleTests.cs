using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Probing;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Devices.Tests;

/// <summary>The devices sample, on the devices of QEMU: what it prints, and what is in the disk's file afterwards.</summary>
public sealed partial class SampleTests : IDisposable
{
    private const string LegacyOnly = "declined: the device follows drafts before VirtIO 1.0 only; give it a modern interface";

    private static readonly string[] s_echoes =
    [
        "net: MAC 52:54:00:ab:cd:ef", "net: reply 1 from 10.0.2.2, T us", "net: reply 2 from 10.0.2.2, T us",
        "net: reply 3 from 10.0.2.2, T us", "net: reply 4 from 10.0.2.2, T us",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MachineType.Pc, 3)]
    [InlineData(MachineType.Q35, 2)]
    public async Task Without_words_it_lists_the_devices_on_pci_also_behind_a_bridge(MachineType type, int first)
    {
        DiskImage disk = new(_folder, 1 << 20);
        DeviceMachine machine = new DeviceMachine(type)
            .With("rng")
            .WithDisk("disk", $"format=raw,file={disk.Path}", "num-queues=3")
            .WithNetwork()
            .With("balloon", "disable-modern=on,disable-legacy=off")
            .WithPart("pci-bridge,id=bridge,chassis_nr=1")
            .WithPart("virtio-rng-pci,bus=bridge,addr=5");

        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.SampleIso));

        Passed(run);
        Assert.Equal(
            [
                $"pci 00:0{first}.0: entropy, features F, 1 queue",
                $"pci 00:0{first + 1}.0: block, features F, 3 queues",
                $"pci 00:0{first + 2}.0: network, features F, 3 queues",
                $"pci 00:0{first + 3}.0: balloon, {LegacyOnly}",
                "pci 01:05.0: entropy, features F, 1 queue",
            ],
            run.Texts.Select(WithoutFeatures));
    }

    /// <summary>QEMU's monitor has the registers at 0xe000000000 here.</summary>
    [SkippableFact]
    public async Task Devices_whose_registers_firmware_puts_above_4_GiB_are_reached()
    {
        Skip.If(UefiFirmware.Find() is null, "OVMF is not installed.");
        MachineSpec machine = new DeviceMachine(MachineType.Q35).With("rng").With("balloon").Spec(Artifacts.SampleIso);

        RunResult run = await DeviceMachine.RunAsync(machine with { Firmware = FirmwareKind.Uefi });

        Passed(run);
        string[] lines = [.. run.Texts.TakeLast(2).Select(WithoutFeatures)];
        Assert.EndsWith("pci 00:02.0: entropy, features F, 1 queue", lines[0], StringComparison.Ordinal);
        Assert.Equal("pci 00:03.0: balloon, features F, 3 queues", lines[1]);
    }

    [Theory]
    [InlineData(AcpiChoice.On, 0xfeb02e00)]
    [InlineData(AcpiChoice.Off, 0xfeb00e00)]
    public async Task Devices_in_memory_are_found_by_acpi_and_without_it_by_the_command_line(AcpiChoice acpi, uint first)
    {
        DeviceMachine machine = new DeviceMachine(MachineType.Microvm).With("rng").With("balloon");

        RunResult list = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "", acpi));
        RunResult use = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "rng", acpi));

        Passed(list);
        Assert.Equal(
            [$"mmio 0x{first:x}: entropy, features F, 1 queue", $"mmio 0x{first - 0x200:x}: balloon, features F, 3 queues"],
            list.Texts.Select(WithoutFeatures).Order(StringComparer.Ordinal).Reverse());
        Passed(use);
        Assert.Matches(RandomLine(), Assert.Single(use.Texts));
    }

    [Fact]
    public async Task Devices_in_memory_of_before_VirtIO_1_are_declined()
    {
        MachineSpec machine = new DeviceMachine(MachineType.Microvm).With("rng").Spec(Artifacts.Sample);

        RunResult run = await DeviceMachine.RunAsync(machine with { Backends = [] });

        Passed(run);
        Assert.Equal([$"mmio 0xfeb02e00: entropy, {LegacyOnly}"], run.Texts);
    }

    [Theory]
    [InlineData(MachineType.Pc, false, "rng blk net")]
    [InlineData(MachineType.Q35, true, "net rng blk")]
    [InlineData(MachineType.Microvm, false, "blk net rng")]
    [InlineData(MachineType.Microvm, true, "blk rng net")]
    public async Task Each_word_is_a_part_in_the_order_of_the_words(MachineType type, bool isPacked, string words)
    {
        DiskImage disk = new(_folder, 3_000_832);
        DeviceMachine machine = new DeviceMachine(type) { IsPacked = isPacked }
            .WithDisk("disk", $"format=raw,file={disk.Path}")
            .With("rng")
            .WithNetwork("mac=52:54:00:ab:cd:ef");

        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, words));

        Passed(run);
        Assert.Equal(
            words.Split(' ').SelectMany(word => word switch
            {
                "rng" => ["rng: 64 digits"],
                "blk" => [disk.Line],
                _ => s_echoes,
            }),
            run.Texts.Select(line => RandomLine().IsMatch(line) ? "rng: 64 digits" : Microseconds().Replace(line, ", T us")));
        Assert.Equal(disk.Written(), disk.Read());
    }

    [Fact]
    public async Task A_disk_that_is_read_only_is_summed_and_the_failure_to_write_told()
    {
        DiskImage disk = new(_folder, 1 << 20);
        DeviceMachine machine = new DeviceMachine(MachineType.Pc)
            .WithDisk("disk", $"format=raw,readonly=on,file={disk.Path}");

        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "blk"));

        Assert.Equal([disk.Line, "blk: write the last block: the device may not be written to"], run.Texts);
        Assert.StartsWith("the kernel ended with failure code 1", run.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_of_larger_blocks_keeps_what_is_beside_the_last_sector()
    {
        DiskImage disk = new(_folder, 1 << 20);
        DeviceMachine machine = new DeviceMachine(MachineType.Pc)
            .WithDisk("disk", $"format=raw,file={disk.Path}", "logical_block_size=4096,physical_block_size=4096");

        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "blk"));

        Passed(run);
        Assert.Equal([disk.Line], run.Texts);
        Assert.Equal(disk.Written(), disk.Read());
    }

    [Fact]
    public async Task A_sector_that_cannot_be_read_is_named()
    {
        DiskImage disk = new(_folder, 1 << 20);
        string rules = _folder.File("rules");
        await File.WriteAllTextAsync(rules, "[inject-error]\nevent = \"read_aio\"\nerrno = \"5\"\nsector = \"1024\"\n");
        DeviceMachine machine = new DeviceMachine(MachineType.Pc)
            .WithDisk("disk", $"format=raw,file=blkdebug:{rules}:{disk.Path}", "rerror=report");

        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "blk"));

        Assert.Equal(["blk: read sector 1024: the device tells of an error"], run.Texts);
        Assert.StartsWith("the kernel ended with failure code 1", run.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_that_are_not_there_are_told_and_the_others_run()
    {
        DeviceMachine machine = new DeviceMachine(MachineType.Pc).With("rng");

        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "blk net console gpu rng"));

        Assert.Equal(
            [
                "blk: there is no such device", "net: there is no such device", "console: there is no such device",
                "There is no part 'gpu': rng, blk, net, console, balloon.",
            ],
            run.Texts.Take(4));
        Assert.Matches(RandomLine(), run.Texts[4]);
        Assert.StartsWith("the kernel ended with failure code 1", run.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MachineType.Pc)]
    [InlineData(MachineType.Microvm)]
    public async Task The_second_port_echoes_lines_in_capitals_until_the_end(MachineType type)
    {
        using ConsolePeer peer = new(_folder);
        DeviceMachine machine = new DeviceMachine(type)
            .With("serial")
            .WithBackend(DeviceBackendKind.Character, "null,id=first")
            .WithPart("virtconsole,chardev=first")
            .WithBackend(DeviceBackendKind.Character, $"socket,id=second,path={peer.Path}")
            .WithPart("virtserialport,chardev=second,name=echo");
        string longLine = new('x', 3000);

        Task<string> answers = peer.SayAsync("hello\n", "World 42\r\n", longLine + "\n", "ende\n", "end\n");
        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "console"));

        Passed(run);
        Assert.Empty(run.Texts);
        Assert.Equal($"HELLO\nWORLD 42\r\n{longLine.ToUpperInvariant()}\nENDE\n", await answers);
    }

    [Theory]
    [InlineData(MachineType.Pc)]
    [InlineData(MachineType.Microvm)]
    public async Task The_balloon_gives_the_host_what_it_asks_for_and_takes_it_back(MachineType type)
    {
        using BalloonHost host = new(_folder);
        DeviceMachine machine = new DeviceMachine(type)
            .With("balloon")
            .WithBackend(DeviceBackendKind.Character, $"socket,id=monitor,path={host.Path}")
            .WithBackend(DeviceBackendKind.Monitor, "chardev=monitor,mode=control");

        Task<long> seen = host.PressAsync(machineBytes: 128L << 20, wantedBytes: 120L << 20);
        RunResult run = await DeviceMachine.RunAsync(machine.Spec(Artifacts.Sample, "balloon"));

        Passed(run);
        Assert.Equal(["balloon: ready", "balloon: 2048 pages given", "balloon: 0 pages given"], run.Texts);
        Assert.Equal(120L << 20, await seen);
    }

    [Fact]
    public async Task A_machine_without_devices_has_an_empty_list()
    {
        RunResult run = await DeviceMachine.RunAsync(new DeviceMachine(MachineType.Pc).Spec(Artifacts.SampleIso));

        Passed(run);
        Assert.Empty(run.Texts);
    }

    [SkippableFact]
    public async Task Bochs_has_none_and_the_list_is_empty()
    {
        ProbeFinding bochs = new Host().Bochs;
        Skip.IfNot(bochs.Works, bochs.Detail);
        var machine = new MachineSpec { Image = Artifacts.SampleIso, Hypervisor = HypervisorKind.Bochs, Cores = 2 };

        RunResult run = await new MachineRun(new TestRunner.Bochs.BochsLauncher()) { Silence = TimeSpan.FromMinutes(2) }
            .RunAsync(machine, RunExpectation.AnyOutput, TimeSpan.FromMinutes(3), System.Threading.CancellationToken.None);

        Passed(run);
        Assert.Empty(run.Texts);
    }

    private static void Passed(RunResult run) => Assert.True(run.Verdict == Verdict.Passed, DeviceMachine.Describe(run));

    private static string WithoutFeatures(string line) => Features().Replace(line, "features F");

    [GeneratedRegex("features 0x[0-9a-f]+")]
    private static partial Regex Features();

    [GeneratedRegex("^rng: [0-9a-f]{64}$")]
    private static partial Regex RandomLine();

    [GeneratedRegex(", [0-9]+ us$")]
    private static partial Regex Microseconds();
}

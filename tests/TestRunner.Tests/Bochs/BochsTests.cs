using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using TestRunner.Bochs;
using TestRunner.Machines;
using TestRunner.Tests.Fakes;
using Xunit;

namespace TestRunner.Tests.Bochs;

/// <summary>What is known of a Bochs, and how a machine is described to it.</summary>
public sealed class BochsTests : IDisposable
{
    private static readonly MachineSpec s_machine = new()
    {
        Image = new BootImage("/images/k, \"$1\".iso", BootImageKind.Iso),
        Hypervisor = HypervisorKind.Bochs,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static string[] Lines(MachineSpec machine) => BochsrcFile.Text(machine).TrimEnd('\n').Split('\n');

    [Theory]
    [InlineData("cpu: model=bx_generic, count=3, ips=100000000, reset_on_triple_fault=0")]
    [InlineData("megs: 128")]
    [InlineData("vga: extension=none")]
    [InlineData("ata0-master: type=cdrom, path=image.iso, status=inserted")]
    [InlineData("com1: enabled=1, mode=file, dev=serial.txt")]
    [InlineData("debug: action=ignore, unmapped=report")]
    [InlineData("clock: sync=none, time0=utc")]
    public void The_machine_is_described(string line) => Assert.Contains(line, Lines(s_machine));

    [Fact]
    public void Processor_topology_and_memory_are_the_machines()
    {
        string[] lines = Lines(s_machine with { Cpu = "ryzen", Cores = 6, Topology = new Topology(2, 3, 1), MemoryMegabytes = 65 });

        Assert.Contains(lines, line => line.StartsWith("cpu: model=ryzen, count=2:3:1,", StringComparison.Ordinal));
        Assert.Contains("megs: 65", lines);
    }

    [Fact]
    public void A_path_that_bochs_would_take_apart_is_not_in_its_description() =>
        Assert.DoesNotContain("images", BochsrcFile.Text(s_machine), StringComparison.Ordinal);

    [Fact]
    public void A_debugger_runs_its_script_and_a_bochs_without_one_is_not_given_any()
    {
        Assert.Equal(["-q", "-f", "bochsrc", "-rc", "rc"], BochsCommand.Arguments("bochsrc", "rc"));
        Assert.Equal(["-q", "-f", "bochsrc"], BochsCommand.Arguments("bochsrc", null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_bochs_tells_its_version_its_debugger_and_its_processors(bool hasDebugger)
    {
        BochsInstallation bochs = BochsInstallation.Ask(FakeBochs.Write(_folder, hasDebugger: hasDebugger));

        Assert.Equal(("Bochs 2.7", hasDebugger, 28), (bochs.Version, bochs.HasDebugger, bochs.Models.Count));
        Assert.Equal(hasDebugger, bochs.DebuggerScript("c", _folder) is not null);
    }

    [Fact]
    public void An_unknown_processor_is_told_with_those_that_are_known()
    {
        BochsInstallation bochs = BochsInstallation.Ask(FakeBochs.Write(_folder));

        Assert.Null(bochs.WhyNot("ryzen"));
        Assert.StartsWith("Bochs 2.7 has no processor 'i486'; expected one of bx_generic, pentium, ", bochs.WhyNot("i486"), StringComparison.Ordinal);
        Assert.EndsWith(", tigerlake", bochs.WhyNot("i486"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 0", true, null)]
    [InlineData("echo '00000000000p[PLUGIN] >>PANIC<< no term here' >&2; exit 1", true, "no term here")]
    [InlineData("echo '00000000000p[MEM0  ] >>PANIC<< no BIOS here' >log.txt; exit 1", true, "no BIOS here")]
    [InlineData("exit 1", false, null)]
    public void A_bochs_is_tried_where_it_can_be_stopped(string commands, bool hasDebugger, string? whyNot) =>
        Assert.Equal(whyNot, BochsInstallation.Ask(FakeBochs.Write(_folder, commands, hasDebugger)).WhyNotStarted());

    [Theory]
    [InlineData("p4_willamette", false)]
    [InlineData("atom_n270", false)]
    [InlineData("bx_generic", true)]
    [InlineData("p4_prescott_celeron_336", true)]
    public void Processors_before_long_mode_are_known(string model, bool has64Bits) =>
        Assert.Equal(has64Bits, BochsModels.Has64Bits(model));

    [Fact]
    public void The_matrix_boots_the_demo_on_every_processor_with_long_mode()
    {
        IEnumerable<string> models = BochsModels.Parse(FakeBochs.HelpCpu).Where(BochsModels.Has64Bits);
        IEnumerable<string> booted = Profiles().EnumerateArray()
            .Where(cell => cell.TryGetProperty("hypervisor", out JsonElement hypervisor) && hypervisor.GetString() == "bochs")
            .Where(cell => cell.GetProperty("image").GetString() == "demo-iso" && !cell.TryGetProperty("cores", out _))
            .Select(cell => cell.GetProperty("cpu").GetString()!);

        Assert.Equal(models, booted);
    }

    [Fact]
    public void What_bochs_does_not_have_is_refused_by_name()
    {
        Assert.Null((s_machine with { Cpu = "ryzen", Cores = 15, MemoryMegabytes = 2048 }).FindContradiction());
        Assert.Contains("Bochs loads no ELF", (s_machine with { Image = new BootImage("/k.elf", BootImageKind.Kernel) }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("--accel", (s_machine with { Accelerator = AcceleratorChoice.Tcg }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("--device", (s_machine with { Devices = ["x"] }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("--machine", (s_machine with { Type = MachineType.Q35 }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("--firmware", (s_machine with { Firmware = FirmwareKind.Uefi }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("at most 15 cores, but 16", (s_machine with { Cores = 16 }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("at most 2048 MB of memory, but 2049", (s_machine with { MemoryMegabytes = 2049 }).FindContradiction(), StringComparison.Ordinal);
    }

    private static JsonElement Profiles()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ToroCosmos.sln")))
        {
            folder = folder.Parent;
        }

        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "tests", "profiles.json"))).RootElement.GetProperty("cells");
    }
}

using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using TestRunner.Tests.Fakes;
using TestRunner.VMware;
using Xunit;

namespace TestRunner.Tests.VMware;

/// <summary>What is written for VMware and called of it, against its documented formats. No real one was met.</summary>
public class VmwareTests
{
    private static readonly MachineSpec s_machine = new()
    {
        Image = new BootImage("/images/k.iso", BootImageKind.Iso),
        Hypervisor = HypervisorKind.Vmware,
    };

    private static string[] Lines(MachineSpec machine) => VmxFile.Text(machine, "/tmp/serial.txt").TrimEnd('\n').Split('\n');

    [Theory]
    [InlineData("config.version = \"8\"")]
    [InlineData("guestOS = \"other-64\"")]
    [InlineData("firmware = \"bios\"")]
    [InlineData("numvcpus = \"3\"")]
    [InlineData("memsize = \"128\"")]
    [InlineData("ide1:0.deviceType = \"cdrom-image\"")]
    [InlineData("ide1:0.fileName = \"/images/k.iso\"")]
    [InlineData("serial0.present = \"TRUE\"")]
    [InlineData("serial0.fileType = \"file\"")]
    [InlineData("serial0.fileName = \"/tmp/serial.txt\"")]
    [InlineData("msg.autoAnswer = \"TRUE\"")]
    public void The_machine_is_described(string line) => Assert.Contains(line, Lines(s_machine));

    [Fact]
    public void Every_line_is_a_name_and_a_quoted_value_and_no_name_comes_twice()
    {
        string[] lines = Lines(s_machine);

        Assert.All(lines, line => Assert.Matches("^[A-Za-z0-9.:]+ = \"[^\"]*\"$", line));
        Assert.Equal(lines.Length, lines.Select(line => line.Split(' ')[0]).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Firmware_topology_and_memory_are_the_machines()
    {
        string[] lines = Lines(s_machine with
        {
            Firmware = FirmwareKind.Uefi,
            Cores = 6,
            Topology = new Topology(2, 3, 1),
            MemoryMegabytes = 65,
        });

        Assert.Contains("firmware = \"efi\"", lines);
        Assert.Contains("numvcpus = \"6\"", lines);
        Assert.Contains("cpuid.coresPerSocket = \"3\"", lines);
        Assert.Contains("memsize = \"68\"", lines);
    }

    [Fact]
    public void A_quote_in_a_path_does_not_end_the_value() => Assert.Contains(
        "ide1:0.fileName = \"/a|22b|7C.iso\"",
        Lines(s_machine with { Image = new BootImage("/a\"b|.iso", BootImageKind.Iso) }));

    [Fact]
    public async Task A_machine_is_started_read_and_seen_to_end()
    {
        var vmrun = new FakeVmrun("one\r\ntwo\r\n", looks: 2);

        RunResult result = await RunAsync(vmrun, TimeSpan.FromSeconds(30));

        Assert.Equal((Verdict.Passed, ""), (result.Verdict, result.Cause));
        Assert.Equal(["one", "two"], result.Texts);
        Assert.Equal("-T ws start machine.vmx nogui", vmrun.Calls[0]);
        Assert.Equal("-T ws list", vmrun.Calls[1]);
        Assert.DoesNotContain(vmrun.Calls, call => call.Contains("stop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_that_hangs_is_stopped_hard()
    {
        var vmrun = new FakeVmrun("one\n", looks: -1);

        RunResult result = await RunAsync(vmrun, TimeSpan.FromSeconds(3));

        Assert.Equal(Verdict.Hung, result.Verdict);
        Assert.Contains("\"one\"", result.Cause, StringComparison.Ordinal);
        Assert.Equal("-T ws stop machine.vmx hard", vmrun.Calls[^1]);
    }

    [Fact]
    public async Task A_refusal_of_vmrun_is_told_in_its_words()
    {
        var vmrun = new FakeVmrun("", looks: 0) { StartFails = new VmrunAnswer(255, "Error: The file is already in use") };

        RunResult result = await RunAsync(vmrun, TimeSpan.FromSeconds(30));

        Assert.Equal(Verdict.NotStarted, result.Verdict);
        Assert.Contains("The file is already in use", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_qemu_has_is_refused()
    {
        Assert.Null(s_machine.FindContradiction());
        Assert.NotNull((s_machine with { Image = new BootImage("/k.elf", BootImageKind.Kernel) }).FindContradiction());
        Assert.Contains("--cpu", (s_machine with { Cpu = "max" }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("--accel", (s_machine with { Accelerator = AcceleratorChoice.Tcg }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("--device", (s_machine with { Devices = ["x"] }).FindContradiction(), StringComparison.Ordinal);
        Assert.Contains("--machine", (s_machine with { Type = MachineType.Q35 }).FindContradiction(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_runs_while_its_path_is_a_line_of_the_list()
    {
        Assert.True(VmrunCommand.Runs("Total running VMs: 1\r\n/a/machine.vmx\r\n", "/a/machine.vmx"));
        Assert.False(VmrunCommand.Runs("Total running VMs: 1\n/a/machine.vmx.old", "/a/machine.vmx"));
    }

    [Fact]
    public async Task A_file_is_read_to_what_was_written_before_the_end()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("serial.txt");
        var ended = new TaskCompletionSource();
        using var stream = new GrowingFileStream(path, ended.Task);
        using var reader = new StreamReader(stream);
        Task<string> text = reader.ReadToEndAsync();

        await File.WriteAllTextAsync(path, "one");
        await File.AppendAllTextAsync(path, "two");
        ended.SetResult();

        Assert.Equal("onetwo", await text);
    }

    private static Task<RunResult> RunAsync(FakeVmrun vmrun, TimeSpan limit)
    {
        var launcher = new ScriptedLauncher(machine =>
            VmwareMachine.Start(vmrun, "ws", machine, new TemporaryFolder(), TimeSpan.FromMilliseconds(5)));
        var expectation = new RunExpectation(null, FirmwarePrints: false);
        return new MachineRun(launcher).RunAsync(s_machine, expectation, limit, CancellationToken.None);
    }
}

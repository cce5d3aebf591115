using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>The demo on booted machines.</summary>
public partial class DemoTests(ITestOutputHelper output)
{
    private readonly Booted _booted = new(output);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public Task The_kernel_prints_the_transcript_of_its_cores(int cores) =>
        _booted.PrintsTheTranscriptAsync(new MachineSpec { Image = Artifacts.Kernel, Cores = cores });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    public Task The_iso_prints_the_transcript_of_its_cores(int cores) =>
        _booted.PrintsTheTranscriptAsync(new MachineSpec { Image = Artifacts.Iso, Cores = cores });

    [Fact]
    public Task The_kernel_runs_on_q35() =>
        _booted.PrintsTheTranscriptAsync(new MachineSpec { Image = Artifacts.Kernel, Type = MachineType.Q35 });

    [Fact]
    public Task The_iso_runs_on_q35() =>
        _booted.PrintsTheTranscriptAsync(new MachineSpec { Image = Artifacts.Iso, Type = MachineType.Q35 });

    [Fact]
    public Task Cores_are_numbered_densely_over_sparse_apic_ids() => _booted.PrintsTheTranscriptAsync(
        new MachineSpec { Image = Artifacts.Kernel, Cores = 6, Topology = new Topology(2, 3, 1) });

    [Fact]
    public Task Every_core_may_be_a_socket() => _booted.PrintsTheTranscriptAsync(
        new MachineSpec { Image = Artifacts.Kernel, Cores = 3, Topology = new Topology(3, 1, 1) });

    [Fact]
    public Task The_kernel_runs_with_a_host_thread_for_each_core() => _booted.PrintsTheTranscriptAsync(
        new MachineSpec { Image = Artifacts.Kernel, Accelerator = AcceleratorChoice.Tcg });

    [RequiresUefiFact]
    public Task The_iso_runs_by_uefi_on_pc() => _booted.PrintsTheTranscriptAsync(
        new MachineSpec { Image = Artifacts.Iso, Firmware = FirmwareKind.Uefi });

    [RequiresUefiFact]
    public Task The_iso_runs_by_uefi_on_q35() => _booted.PrintsTheTranscriptAsync(
        new MachineSpec { Image = Artifacts.Iso, Firmware = FirmwareKind.Uefi, Type = MachineType.Q35 });

    [Fact]
    public async Task The_iso_runs_by_the_plain_command_of_the_readme()
    {
        var machine = new MachineSpec { Image = Artifacts.Iso };

        RunResult result = await _booted.RunAsync(new PlainCommandLauncher(), machine, DemoTranscript.For(machine.Cores));

        Booted.Passed(result);
    }

    [Fact]
    public Task One_core_by_kernel_is_told_that_the_bus_needs_two() => OneCoreAsync(Artifacts.Kernel);

    [Fact]
    public Task One_core_by_iso_is_told_that_the_bus_needs_two() => OneCoreAsync(Artifacts.Iso);

    [Fact]
    public async Task Rounds_are_counted_by_the_second_after_the_transcript()
    {
        RunResult result = await _booted.EndsWellAsync(
            new MachineSpec { Image = Artifacts.Kernel, Cores = 2, Append = "rounds=1000" });

        Transcript transcript = DemoTranscript.For(2);
        Assert.Equal(transcript.Lines, result.Texts.Take(transcript.Lines.Count));
        Assert.Single(result.Texts.Skip(transcript.Lines.Count), line => RoundTrips().IsMatch(line));
    }

    private async Task OneCoreAsync(BootImage image)
    {
        RunResult result = await _booted.EndsWellAsync(new MachineSpec { Image = image, Cores = 1 });

        string line = Assert.Single(result.Texts);
        Assert.Contains("two", line, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("core", line, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("[1-9][0-9]* round trips per second")]
    private static partial Regex RoundTrips();
}

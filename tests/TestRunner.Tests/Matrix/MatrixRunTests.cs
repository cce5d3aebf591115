using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Cli;
using TestRunner.Machines;
using TestRunner.Matrix;
using TestRunner.Runs;
using TestRunner.Tests.Fakes;
using Xunit;

namespace TestRunner.Tests.Matrix;

public class MatrixRunTests
{
    private static readonly BootImage s_elf = new("/k.elf", BootImageKind.Kernel);

    private static PlannedCell Cell(string name, MachineSpec? machine = null, params CellNeed[] needs) => new(
        new MatrixCell { Name = name, Why = "w", Image = "k", Needs = needs, Expect = new CellExpectation { Lines = ["one"] } },
        machine ?? new MachineSpec { Image = s_elf },
        new RunExpectation(new Transcript(["one"]), FirmwarePrints: false));

    private static Task<IReadOnlyList<CellResult>> RunAsync(
        PlannedCell[] cells, Func<MachineSpec, IMachineProcess> make, FakeHost? host = null, int jobs = 1, CancellationToken token = default) =>
        new MatrixRun(host ?? new FakeHost(), _ => new ScriptedLauncher(make)).RunAsync(cells, jobs, token);

    [Fact]
    public async Task Results_come_in_the_order_of_the_cells_however_many_run_side_by_side()
    {
        PlannedCell[] cells = [.. Enumerable.Range(0, 20).Select(i => Cell($"{i}"))];

        IReadOnlyList<CellResult> results = await RunAsync(cells, _ => FakeMachine.Ending("one\n"), jobs: 4);

        Assert.Equal(cells, results.Select(result => result.Cell));
        Assert.All(results, result => Assert.Equal(Verdict.Passed, result.Run!.Verdict));
        Assert.Equal(0, MatrixExit.Code(results));
    }

    [Theory]
    [InlineData("microvm")]
    [InlineData("x2apic")]
    [InlineData("kvm")]
    [InlineData("vmware")]
    [InlineData("bochs")]
    [InlineData("ryzen")]
    [InlineData("uefi")]
    public async Task What_the_computer_lacks_is_skipped_with_the_reason_and_no_machine_is_started(string missing)
    {
        PlannedCell cell = missing switch
        {
            "microvm" => Cell("c", new MachineSpec { Image = s_elf, Type = MachineType.Microvm }),
            "x2apic" => Cell("c", null, CellNeed.X2Apic),
            "kvm" => Cell("c", new MachineSpec { Image = s_elf, Accelerator = AcceleratorChoice.Kvm }),
            "vmware" => Cell("c", new MachineSpec { Image = s_elf, Hypervisor = HypervisorKind.Vmware }),
            "bochs" or "ryzen" => Cell("c", new MachineSpec { Image = s_elf, Hypervisor = HypervisorKind.Bochs, Cpu = "ryzen" }),
            _ => Cell("c", new MachineSpec { Image = s_elf, Firmware = FirmwareKind.Uefi }),
        };

        CellResult result = Assert.Single(await RunAsync([cell], _ => throw new InvalidOperationException(), new FakeHost(missing)));

        Assert.Null(result.Run);
        Assert.Contains(missing == "uefi" ? "UEFI" : $"there is no {missing}", result.SkipReason, StringComparison.Ordinal);
        // Nothing but skips shows nothing.
        Assert.Equal(3, MatrixExit.Code([result]));
    }

    [Fact]
    public async Task A_missing_emulator_is_no_skip()
    {
        CellResult result = Assert.Single(
            await RunAsync([Cell("c")], _ => throw new MachineException("there is no emulator"), new FakeHost("qemu", "pc", "bios")));

        Assert.Equal(Verdict.NotStarted, result.Run!.Verdict);
        Assert.Equal(3, MatrixExit.Code([result]));
    }

    [Fact]
    public async Task A_kernel_that_is_not_built_fails_its_cell()
    {
        PlannedCell cell = Cell("c") with { Machine = null, Problem = "not built" };

        CellResult result = Assert.Single(await RunAsync([cell], _ => throw new InvalidOperationException()));

        Assert.Equal((Verdict.NotStarted, "not built"), (result.Run!.Verdict, result.Run.Cause));
    }

    [Fact]
    public async Task The_exit_code_is_that_of_the_failures_where_they_agree()
    {
        IReadOnlyList<CellResult> good = await RunAsync([Cell("a")], _ => FakeMachine.Ending("one\n"));
        IReadOnlyList<CellResult> wrong = await RunAsync([Cell("b")], _ => FakeMachine.Ending("two\n"));
        IReadOnlyList<CellResult> panic = await RunAsync([Cell("c")], _ => FakeMachine.Ending("PANIC\n"));

        Assert.Equal(0, MatrixExit.Code(good));
        Assert.Equal(5, MatrixExit.Code([.. good, .. panic]));
        Assert.Equal(1, MatrixExit.Code([.. wrong, .. panic]));
    }

    [Fact]
    public async Task An_interrupted_matrix_tells_what_had_ended()
    {
        using var cancellation = new CancellationTokenSource();
        FakeMachine hanging = FakeMachine.Hanging("");
        PlannedCell[] cells = [Cell("a"), Cell("b"), Cell("c")];
        var launches = new Queue<Func<IMachineProcess>>(
        [
            () => FakeMachine.Ending("one\n"),
            () =>
            {
                cancellation.CancelAfter(50);
                return hanging;
            },
        ]);

        IReadOnlyList<CellResult> results = await RunAsync(cells, _ => launches.Dequeue()(), token: cancellation.Token);

        Assert.Equal("a", Assert.Single(results).Cell.Cell.Name);
        Assert.True(hanging.WasDisposed);
    }
}

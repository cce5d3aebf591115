using System;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.KernelTests;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>One boot of the suites on a machine, shared by its cases.</summary>
/// <typeparam name="TMachine">The machine.</typeparam>
public sealed class SuiteBoot<TMachine> : IAsyncLifetime
    where TMachine : ISuiteMachine, new()
{
    /// <summary>The suites take seconds; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    /// <summary>The machine.</summary>
    public MachineSpec Machine { get; } = new TMachine().Create(SuiteKernel.Image());

    /// <summary>How the machine ended.</summary>
    public RunResult Run { get; private set; } = null!;

    /// <summary>What the kernel told.</summary>
    public KernelTestReport Report { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Run = await new MachineRun(new QemuLauncher())
            .RunAsync(Machine, RunExpectation.AnyOutput, s_limit, CancellationToken.None);
        Report = KernelTestParser.Parse(Run.Texts, Run.Cause);
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

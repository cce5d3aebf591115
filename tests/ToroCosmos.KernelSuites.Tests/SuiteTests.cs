using System.Diagnostics.CodeAnalysis;
using System.Linq;
using TestRunner.KernelTests;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.KernelSuites.Tests;

/// <summary>Every test of the kernel as a case of its own, and the run as a whole.</summary>
/// <typeparam name="TMachine">The machine it runs on.</typeparam>
/// <param name="boot">The boot that the cases share.</param>
/// <param name="output">The case's output.</param>
public abstract class SuiteTests<TMachine>(SuiteBoot<TMachine> boot, ITestOutputHelper output)
    : IClassFixture<SuiteBoot<TMachine>>
    where TMachine : ISuiteMachine, new()
{
    /// <summary>The tests that the machine has enough cores for.</summary>
    [SuppressMessage("Design", "CA1000", Justification = "xunit looks for the cases in the test's class.")]
    public static TheoryData<string> Cases => SuiteKernel.CasesFor(new TMachine().Cores);

    /// <summary>A skipped test fails: the machine has what it needs.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Kernel(string test)
    {
        KernelTestResult? result = boot.Report.Results.FirstOrDefault(result => result.Id == test);
        Assert.True(result is not null, $"the kernel did not announce the test; {boot.Run.Verdict}: {boot.Run.Cause}");
        output.WriteLine($"{result.Name}: {result.Duration.TotalMilliseconds} ms on core {result.Core}");
        Assert.True(result.Outcome == KernelTestOutcome.Passed, $"{result.Outcome}: {result.Message}");
    }

    [Fact]
    public void The_run_is_complete_and_ends_well()
    {
        foreach (string line in boot.Run.Texts)
        {
            output.WriteLine(line);
        }

        Assert.Empty(boot.Report.Problems);
        Assert.Equal(boot.Machine.Cores, boot.Report.Cores);
        Assert.Equal(SuiteKernel.Tests, boot.Report.Results.Select(result => result.Id));
        Assert.True(boot.Run.Verdict == Verdict.Passed, $"{boot.Run.Verdict}: {boot.Run.Cause}");
        Assert.Equal(ShutdownCause.PowerOff, boot.Run.End!.Cause);
    }
}

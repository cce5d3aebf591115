using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.Boot.Tests;

/// <summary>Kernels that break in one way each: the panic must say in which, where, and end the machine.</summary>
public class PanicTests(ITestOutputHelper output)
{
    /// <summary>The status of QEMU for the exit code of a panic, 1 (PowerOff.cs).</summary>
    private const int PanicStatus = 35;

    [Theory]
    [InlineData("wild-read", "PANIC on core 0: page fault at address 0x0000700000000000", "Faults__Commit")]
    [InlineData("low-memory", "PANIC on core 0: page fault at address 0x0000000000020000", "Faults__Commit")]
    [InlineData("nested-interrupts", "PANIC on core 0: interrupts nested too deeply (vector 69", "Faults__InterruptItself")]
    [InlineData("write-code", "PANIC on core 0: page fault at address 0x", "Faults__Commit")]
    [InlineData("execute-data", "PANIC on core 0: page fault at address 0x", "Faults__Commit")]
    [InlineData("stack-overflow", "PANIC on core 0: stack overflow at address 0x", "Faults__Overflow")]
    [InlineData("unhandled", "PANIC on core 0: unhandled exception: System.InvalidOperationException: on purpose", "Faults__Throw")]
    [InlineData("unhandled-on-last-core", "PANIC on core 2: unhandled exception: System.InvalidOperationException: on purpose", "Faults__Throw")]
    [InlineData("fail-fast", "PANIC on core 0: Environment.FailFast", "Faults__Commit")]
    [InlineData("not-supported", "PANIC on core 0: unhandled exception: System.PlatformNotSupportedException: A kernel has no RhRegisterForFullGCNotification.", "Faults__Commit")]
    [InlineData("unhandled-in-thread", "PANIC on core * in thread 65537 \"worker\": unhandled exception: System.InvalidOperationException: on purpose", "Faults__Throw")]
    [InlineData("stack-overflow-in-thread", "PANIC on core * in thread 65537 \"worker\": stack overflow at address 0x", "Faults__Overflow")]
    public async Task A_panic_names_the_fault_and_the_function_that_committed_it(string fault, string reason, string function)
    {
        RunResult result = await BootAsync(fault);

        Assert.Equal(Verdict.Panicked, result.Verdict);
        Assert.Equal(PanicStatus, result.End!.Status);
        Assert.Contains(result.Texts, line => Begins(line, reason));
        Assert.Contains(result.Texts, line => line.Contains("  rip 0x", System.StringComparison.Ordinal));
        string[] trace = [.. result.Texts.SkipWhile(line => line != "Backtrace:").Where(line => line.StartsWith("  #", System.StringComparison.Ordinal))];
        Assert.Contains(trace, line => line.Contains(function, System.StringComparison.Ordinal));
    }

    /// <summary>A star in the reason stands for a core's number.</summary>
    private static bool Begins(string line, string reason) =>
        Regex.IsMatch(line, "^" + Regex.Escape(reason).Replace("\\*", "[0-9]+", System.StringComparison.Ordinal));

    [Fact]
    public async Task Running_out_of_memory_is_an_exception_that_can_be_caught()
    {
        RunResult result = await BootAsync("out-of-memory");

        Booted.Passed(result);
        Assert.Equal(["caught out of memory with 2"], result.Texts);
    }

    [Theory]
    [InlineData("exit-code")]
    [InlineData("exit")]
    public async Task The_result_of_main_and_of_exit_is_the_exit_code(string fault)
    {
        RunResult result = await BootAsync(fault);

        Assert.Equal(33 + (2 * 7), result.End!.Status);
    }

    private Task<RunResult> BootAsync(string fault) => new Booted(output).RunAsync(
        new MachineSpec { Image = Artifacts.RuntimeKernel, Append = "fault=" + fault }, transcript: null);
}

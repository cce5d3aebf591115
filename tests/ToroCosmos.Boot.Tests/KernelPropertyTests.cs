using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace ToroCosmos.Boot.Tests;

/// <summary>Properties of a kernel's project that make no sense are errors of the build, in a sentence.</summary>
public class KernelPropertyTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("ToroInstructionSet=x86-64-v5", "ToroInstructionSet is 'x86-64-v5', but must be x86-64, x86-64-v2, x86-64-v3 or x86-64-v4")]
    [InlineData("ToroInstructionSet=native", "ToroInstructionSet is 'native', but must be")]
    [InlineData("ToroStackSize=many", "ToroStackSize is 'many', but must be the KiB of each core's stack")]
    [InlineData("ToroStackSize=32", "ToroStackSize is '32', but must be")]
    [InlineData("ToroStackSize=130", "ToroStackSize is '130', but must be")]
    [InlineData("ToroStackSize=16388", "ToroStackSize is '16388', but must be")]
    public async Task A_property_without_sense_is_refused(string property, string sentence)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "msbuild",
                Artifacts.InRepository("tests", "kernels", "ToroCosmos.RuntimeKernel", "ToroCosmos.RuntimeKernel.csproj"),
                "-nologo",
                "-t:ToroOptions",
                "-p:" + property,
            },
        };
        using var limit = new CancellationTokenSource(s_limit);
        using Process process = Process.Start(start)!;
        string output;
        try
        {
            output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            process.Kill();
        }

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("error : " + sentence, output, StringComparison.Ordinal);
    }
}

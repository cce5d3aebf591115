using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace ToroCosmos.MpiSamples.Tests;

/// <summary>The same samples under the system's MPI print the same lines. Skipped, by name, where it is not installed.</summary>
public sealed class ClusterSamplesTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(100);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("toro-mpi-");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("openmpi")]
    [InlineData("mpich")]
    public void The_samples_print_the_same_lines_under(string mpi)
    {
        Skip.IfNot(Finds($"mpicc.{mpi}") && Finds($"mpirun.{mpi}"), $"{mpi} is not installed: mpicc.{mpi}, mpirun.{mpi}");
        (int status, string[] said) = Run($"mpicc.{mpi}", ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", Path.Combine(_folder.FullName, "libtoro_mpi.so"), Paths.Shim]);
        Assert.True(status == 0, string.Join('\n', said));
        foreach ((string sample, int ranks) in (IEnumerable<(string, int)>)[("hello", 3), ("ring", 3), ("pi", 2), ("jacobi", 3), ("is", 4)])
        {
            string[] launch = mpi == "openmpi" ? ["--oversubscribe", "-n", $"{ranks}"] : ["-n", $"{ranks}"];
            (status, said) = Run($"mpirun.{mpi}", [.. launch, "dotnet", Paths.ClusterProgram, "sample=" + sample]);
            Assert.Equal(SampleLines.Of(sample, ranks), said);
            Assert.Equal(0, status);
        }
    }

    private static bool Finds(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private (int Status, string[] Lines) Run(string program, string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LD_LIBRARY_PATH"] = _folder.FullName;

        // Containers run everything as root.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        using Process process = Process.Start(start)!;
        List<string> lines = [];
        process.OutputDataReceived += (_, line) => Keep(lines, line.Data);
        process.ErrorDataReceived += (_, line) => output.WriteLine(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end.");
        }

        process.WaitForExit();
        return (process.ExitCode, [.. lines]);
    }

    private void Keep(List<string> lines, string? line)
    {
        if (line != null)
        {
            output.WriteLine(line);
            lines.Add(line);
        }
    }
}

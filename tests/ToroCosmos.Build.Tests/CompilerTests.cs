using System;
using System.Linq;
using System.Threading.Tasks;
using ToroCosmos.Packages.Tests;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>What the compiler and the linker tell of a program that a kernel cannot run.</summary>
[Collection(nameof(KernelProjectCollection))]
public class CompilerTests(KernelProject kernel)
{
    private const string Reflection =
        """
        using System;

        Type type = Type.GetType(args[0])!;
        return typeof(System.Collections.Generic.List<>).MakeGenericType(type).Name.Length;
        """;

    [Fact]
    public async Task Code_that_cannot_be_compiled_in_advance_is_warned_of_with_its_line()
    {
        await kernel.WriteProgramAsync(Reflection);

        ProgramResult result = await kernel.TryBuildAsync("ToroIso=false");

        string[] warnings = Lines(result, " warning IL");
        Assert.All(warnings, line => Assert.Contains("Program.cs(", line, StringComparison.Ordinal));
        Assert.Contains(warnings, line => line.Contains("Program.cs(3", StringComparison.Ordinal) && line.Contains("IL2057", StringComparison.Ordinal));
        Assert.Contains(warnings, line => line.Contains("Program.cs(4", StringComparison.Ordinal) && line.Contains("IL3050", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Such_a_warning_can_be_an_error_or_be_silenced()
    {
        await kernel.WriteProgramAsync(Reflection);

        ProgramResult result = await kernel.TryBuildAsync("ToroIso=false", "TreatWarningsAsErrors=true", "NoWarn=IL2057");

        Assert.NotEqual(0, result.ExitCode);
        Assert.NotEmpty(Lines(result, " error IL3050"));
        Assert.Empty(Lines(result, "IL2057"));
    }

    [Fact]
    public async Task A_function_of_the_c_library_that_asks_an_operating_system_is_refused_by_name()
    {
        await kernel.WriteProgramAsync(
            """
            using System.Runtime.InteropServices;

            return Native.getpid() + (int)Native.open(0);

            internal static class Native
            {
                [DllImport("*")]
                public static extern int getpid();

                [DllImport("*")]
                public static extern nint open(nint name);
            }
            """);

        ProgramResult result = await kernel.TryBuildAsync("ToroIso=false");

        Assert.NotEqual(0, result.ExitCode);
        string error = Assert.Single(Lines(result, "error TORO004").Select(line => line.Trim()).Distinct());
        Assert.Contains("getpid (used by managed.o)", error, StringComparison.Ordinal);
        Assert.Contains("open (used by managed.o)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_that_only_compute_are_linked()
    {
        await kernel.WriteProgramAsync(
            """
            using System;

            return (int)(Math.Pow(args.Length, 3) + Math.Sin(args.Length) + Math.Cbrt(args.Length) + Math.FusedMultiplyAdd(2, args.Length, 3));
            """);

        await kernel.BuildAsync("ToroIso=false");
    }

    private static string[] Lines(ProgramResult result, string text) =>
        [.. result.Output.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal))];
}

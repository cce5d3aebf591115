using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ToroCosmos.Packages.Tests;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>What is not there, or there twice, is told in the linker's own words, with what to do.</summary>
[Collection(nameof(KernelProjectCollection))]
public class LinkerTests(KernelProject kernel)
{
    private const string CallsTwice =
        """
        using System.Runtime.InteropServices;

        return Native.Twice(args.Length);

        internal static class Native
        {
            [DllImport("*", EntryPoint = "twice")]
            public static extern int Twice(int number);
        }
        """;

    [Fact]
    public async Task A_function_that_nobody_implements_is_an_error_with_its_caller()
    {
        await kernel.WriteProgramAsync(CallsTwice);

        string[] errors = await FailAsync("TORO005");

        Assert.Contains("implement them ([UnmanagedCallersOnly(EntryPoint = \"NAME\")] in C#, or an assembly file in ToroAssemblySource)", errors[0], StringComparison.Ordinal);
        Assert.Contains(errors, line => line.Contains("Program.cs:3: undefined reference to `twice'", StringComparison.Ordinal));
        Assert.Contains(errors, line => line.Contains("in function `Small_Program___Main__'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", """
        ; The System V calling convention.
        section .text
        global twice
        twice:
            lea eax, [rdi + rdi]
            ret
        """)]
    [InlineData("""


        internal static class Implementation
        {
            [System.Runtime.InteropServices.UnmanagedCallersOnly(EntryPoint = "twice")]
            public static int Twice(int number) => 2 * number;
        }
        """, "; Nothing.")]
    public async Task It_is_implemented_as_the_error_says(string program, string assembly)
    {
        await kernel.WriteProgramAsync(CallsTwice + program);
        string targets = kernel.File("Directory.Build.targets");
        await File.WriteAllTextAsync(kernel.File("twice.asm"), assembly + "\n");
        await File.WriteAllTextAsync(targets, """<Project><ItemGroup><ToroAssemblySource Include="twice.asm" /></ItemGroup></Project>""");
        try
        {
            await kernel.BuildAsync("ToroIso=false");
        }
        finally
        {
            File.Delete(targets);
        }
    }

    [Fact]
    public async Task A_function_that_is_there_already_is_an_error_with_both_places()
    {
        await kernel.WriteProgramAsync(
            """
            using System.Runtime.InteropServices;

            return args.Length;

            internal static class Native
            {
                [UnmanagedCallersOnly(EntryPoint = "_start")]
                public static int Twice(int number) => 2 * number;
            }
            """);

        string[] errors = await FailAsync("TORO006");

        Assert.Contains("give yours another name", errors[0], StringComparison.Ordinal);
        Assert.Contains(errors, line => line.Contains("Program.cs:8: multiple definition of `_start';", StringComparison.Ordinal)
            && line.Contains("entry.asm:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_library_that_is_none_is_an_error_with_its_name()
    {
        await kernel.WriteProgramAsync();
        string library = kernel.File("library.a");
        await File.WriteAllTextAsync(library, "a text");

        string[] errors = await FailAsync("TORO007", $"ToroMathLibrary={library}");

        Assert.Contains("look whether the files that it names are whole", errors[0], StringComparison.Ordinal);
        Assert.Contains(errors, line => line.Contains("library.a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_library_that_would_be_loaded_at_run_time_is_warned_of_with_the_function()
    {
        await kernel.WriteProgramAsync(CallsTwice.Replace("\"*\"", "\"arithmetic\"", StringComparison.Ordinal));

        ProgramResult result = await kernel.BuildAsync("ToroIso=false");

        Assert.Contains("warning TORO008: A kernel loads no libraries, and calling these functions will throw a DllNotFoundException: twice of arithmetic.", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Builds, and gives back the lines of the one kind of error that there must be.</summary>
    private async Task<string[]> FailAsync(string code, params string[] properties)
    {
        ProgramResult result = await kernel.TryBuildAsync(["ToroIso=false", .. properties]);

        string[] errors = [.. result.Output.Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal))];
        Assert.NotEqual(0, result.ExitCode);
        Assert.True(errors.Length > 1, result.ToString());
        Assert.All(errors, line => Assert.Contains($": error {code}: ", line, StringComparison.Ordinal));
        Assert.Contains("The linker says:", errors[0], StringComparison.Ordinal);
        return errors;
    }
}

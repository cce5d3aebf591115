using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using ToroCosmos.Packages.Tests;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>What a debugger is told of a kernel.</summary>
[Collection(nameof(KernelProjectCollection))]
public class DebuggingTests(KernelProject kernel)
{
    private const string Program =
        """
        using ToroCosmos.Platform;

        MachineConsole.WriteLine("first");
        MachineConsole.WriteLine(Twice(args.Length).ToString());
        return 0;

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static int Twice(int number)
        {
            return 2 * number;
        }
        """;

    private const int FirstLine = 3;
    private const int LineOfTheResult = 10;

    [Fact]
    public async Task The_debug_file_has_the_lines_of_main_and_the_kernel_only_its_name()
    {
        await BuildAsync("Optimize=true");

        string lines = (await kernel.RunAsync("objdump", "--dwarf=decodedline", kernel.File("artifacts", "Small.elf.debug"))).Output;
        Assert.Contains(lines.Split('\n'), line => line.StartsWith("Program.cs ", StringComparison.Ordinal)
            && line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] == FirstLine.ToString(CultureInfo.InvariantCulture));
        Assert.Contains("entry.asm", lines, StringComparison.Ordinal);
        string sections = (await kernel.RunAsync("objdump", "--section-headers", kernel.File("artifacts", "Small.elf"))).Output;
        Assert.DoesNotContain(".debug_", sections, StringComparison.Ordinal);
        Assert.Contains(".gnu_debuglink", sections, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Gdb_stops_at_a_line_of_main_steps_and_knows_who_called()
    {
        Skip.If(Programs.TryFind("gdb") is null, "There is no gdb.");
        await BuildAsync("Optimize=false");
        string script = kernel.File("steps.gdb");
        await File.WriteAllTextAsync(
            script,
            $"""
            set pagination off
            set confirm off
            set breakpoint pending off
            target remote | exec qemu-system-x86_64 -gdb stdio -S -display none -serial null -kernel artifacts/Small.elf
            break Program.cs:{FirstLine}
            break Program.cs:{LineOfTheResult}
            continue
            next
            continue
            backtrace
            """);

        // At its end gdb ends the machine. Told to, it fails when QEMU is gone before it has confirmed that.
        ProgramResult session = await kernel.RunAsync("gdb", "-nx", "-batch", "-x", script, kernel.File("artifacts", "Small.elf"));
        string output = session.Output + session.Errors;

        string[] text = output.Split('\n');
        int stop = Array.FindIndex(text, line => line.StartsWith("Breakpoint 1, ", StringComparison.Ordinal));
        Assert.True(stop >= 0 && text[stop].Contains($"Program.cs:{FirstLine}", StringComparison.Ordinal), output);
        Assert.StartsWith("3\t", text[stop + 1], StringComparison.Ordinal);
        Assert.StartsWith("4\t", text[stop + 2], StringComparison.Ordinal);
        Assert.Contains(text, line => line.StartsWith("Breakpoint 2, ", StringComparison.Ordinal) && line.Contains("Twice", StringComparison.Ordinal));
        string[] trace = [.. text.Where(line => line.StartsWith('#'))];
        Assert.Contains("Twice", trace[0], StringComparison.Ordinal);
        Assert.Contains("Main", trace[1], StringComparison.Ordinal);
        Assert.Contains(trace, line => line.Contains("BootEntry.cs:", StringComparison.Ordinal));
    }

    private async Task BuildAsync(string property)
    {
        await kernel.WriteProgramAsync(Program);
        await kernel.BuildAsync("ToroIso=false", property);
    }
}

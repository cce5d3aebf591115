using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TestRunner.Machines;
using TestRunner.Runs;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>The lines of the source in the image, by which a panic tells where it happened.</summary>
[Collection(nameof(KernelProjectCollection))]
public class LineTableTests(KernelProject kernel)
{
    private const string Program =
        """
        using System.Runtime.CompilerServices;
        using ToroCosmos.Smp;

        Cores.Start();
        Cores.RunOnAll(core => Squares.Serve(core));

        internal static class Squares
        {
            private static readonly int[] s_squares = new int[2];
            private static int s_last;

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static void Serve(int core)
            {
                Store(core);
                s_last = core;
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            private static void Store(int core)
            {
                int square = core * core;
                s_squares[core] = square;
            }
        }
        """;

    private const int LineOfTheCall = 15;
    private const int LineOfTheFault = 23;

    /// <summary>The machine needs a second or two; this is for a busy computer.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_table_in_the_image_agrees_with_addr2line()
    {
        await BuildAsync("Optimize=false");
        string elf = kernel.File("artifacts", "Small.elf");
        string table = kernel.File("lines.bin");
        await kernel.RunAsync("objcopy", "--only-section=.lines", "--output-target=binary", elf, table);
        List<(ulong Address, string Place)> lines = Decode(await File.ReadAllBytesAsync(table));
        string addresses = kernel.File("addresses.txt");
        await File.WriteAllLinesAsync(addresses, lines.Select(line => $"0x{line.Address:x}"));

        string[] told = (await kernel.RunAsync("addr2line", $"--exe={elf}.debug", $"@{addresses}")).Output.TrimEnd().Split('\n');

        // The compiler makes functions for which it tells no line: addr2line then names that of the function before.
        Assert.Equal(lines.Count, told.Length);
        var known = lines.Zip(told, (line, place) => (line.Address, line.Place, Told: NameOf(place)))
            .Where(line => line.Place.Length > 0 && line.Told != "??:?")
            .ToList();
        Assert.True(known.Count > 10_000, $"only {known.Count} lines");
        Assert.True(known.Count > lines.Count * 99 / 100, $"only {known.Count} of {lines.Count} lines are known");
        Assert.Equal(known.Select(line => (line.Address, line.Told)), known.Select(line => (line.Address, line.Place)));
    }

    [Fact]
    public async Task A_function_without_lines_has_not_those_of_the_function_before()
    {
        await BuildAsync("Optimize=false");
        string elf = kernel.File("artifacts", "Small.elf");
        string table = kernel.File("lines.bin");
        await kernel.RunAsync("objcopy", "--only-section=.lines", "--output-target=binary", elf, table);
        string listed = (await kernel.RunAsync("nm", elf)).Output;
        ulong function = listed.Split('\n').Where(line => line.EndsWith(" __managed__Main", StringComparison.Ordinal))
            .Select(line => ulong.Parse(line.Split(' ')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Single();

        Assert.Equal("", Decode(await File.ReadAllBytesAsync(table)).Last(line => line.Address <= function).Place);
    }

    [Fact]
    public async Task A_panic_on_another_core_tells_file_and_line()
    {
        await BuildAsync("Optimize=false");

        string[] trace = await PanicAsync();

        int thrower = Array.FindIndex(trace, line => line.Contains(" Small_Squares__Store + ", StringComparison.Ordinal));
        Assert.True(thrower >= 0, string.Join('\n', trace));
        Assert.EndsWith($" at Program.cs:{LineOfTheFault}", trace[thrower], StringComparison.Ordinal);
        Assert.EndsWith($" at Program.cs:{LineOfTheCall}", trace[thrower + 1], StringComparison.Ordinal);
        Assert.Matches(@" at Cores\.cs:\d+$", trace[thrower + 3]);
    }

    [Fact]
    public async Task An_optimized_kernel_has_them_only_when_asked()
    {
        await BuildAsync("Optimize=true");
        string[] without = await PanicAsync();
        await BuildAsync("Optimize=true", "ToroLineTable=true");
        string[] with = await PanicAsync();

        Assert.NotEmpty(without);
        Assert.DoesNotContain(without, line => line.Contains(" at ", StringComparison.Ordinal));
        // Where a call returns to is the next line already.
        Assert.Contains(with, line => line.Contains(" Small_Squares__Serve + ", StringComparison.Ordinal)
            && line.EndsWith($" at Program.cs:{LineOfTheCall}", StringComparison.Ordinal));

        // What throws lies behind the method's end, where the optimizer names its last line.
        Assert.Contains(with, line => line.Contains(" Small_Squares__Store + ", StringComparison.Ordinal)
            && line.EndsWith($" at Program.cs:{LineOfTheFault + 1}", StringComparison.Ordinal));
    }

    private async Task BuildAsync(params string[] properties)
    {
        await kernel.WriteProgramAsync(Program);
        await kernel.BuildAsync(["ToroIso=false", .. properties]);
    }

    /// <summary>Boots the kernel on three cores and gives back the backtrace of its panic.</summary>
    private async Task<string[]> PanicAsync()
    {
        RunResult result = await new MachineRun(new QemuLauncher()).RunAsync(
            new MachineSpec { Image = BootImage.Open(kernel.File("artifacts", "Small.elf")), Cores = 3 },
            RunExpectation.AnyOutput,
            s_limit,
            CancellationToken.None);
        Assert.True(result.Verdict == Verdict.Panicked, $"{result.Verdict}: {result.Cause}");
        Assert.Contains("PANIC on core 2: unhandled exception: System.IndexOutOfRangeException", result.Cause, StringComparison.Ordinal);
        return [.. result.Texts.SkipWhile(line => line != "Backtrace:").Where(line => line.StartsWith("  #", StringComparison.Ordinal))];
    }

    /// <summary>What addr2line tells, without the folder and what it adds in parentheses.</summary>
    private static string NameOf(string place) => Path.GetFileName(place.Split(" (")[0]);

    /// <summary>Reads the form that line_table.awk describes: where the line changes, as "file:line", or "" where none is known.</summary>
    private static List<(ulong Address, string Place)> Decode(byte[] table)
    {
        int at = 0;
        List<string> files = [];
        for (; table[at] != 0; at += 1 + table[at])
        {
            files.Add(Encoding.ASCII.GetString(table, at + 1, table[at]));
        }

        at++;
        List<(ulong Address, string Place)> lines = [];
        ulong address = 0;
        long line = 0;
        ulong file = 0;
        while (at < table.Length)
        {
            address += Leb128.Read(table, ref at);
            ulong code = Leb128.Read(table, ref at);
            long change = (long)(code >> 2);
            line += (code & 2) == 0 ? change : -change - 1;
            if ((code & 1) != 0)
            {
                file = Leb128.Read(table, ref at);
            }

            lines.Add((address, file == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{files[(int)file - 1]}:{line}")));
        }

        return lines;
    }
}

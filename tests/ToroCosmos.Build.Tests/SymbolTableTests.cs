using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace ToroCosmos.Build.Tests;

/// <summary>The names of the functions in the image, by which a panic tells where it happened.</summary>
[Collection(nameof(KernelProjectCollection))]
public class SymbolTableTests(KernelProject kernel)
{
    private const int LongestName = 255;

    [Fact]
    public async Task The_table_in_the_image_has_every_function_that_nm_lists()
    {
        await kernel.WriteProgramAsync();
        await kernel.BuildAsync();
        string elf = kernel.File("artifacts", "Small.elf");
        string table = kernel.File("symbols.bin");
        await kernel.RunAsync("objcopy", "--only-section=.symbols", "--output-target=binary", elf, table);
        string listed = (await kernel.RunAsync("nm", "--numeric-sort", "--defined-only", elf)).Output;

        List<(ulong Address, string Name)> functions = Decode(await File.ReadAllBytesAsync(table));

        IEnumerable<(ulong Address, string Name)> expected = listed.Split('\n')
            .Select(line => line.Split(' '))
            .Where(parts => parts.Length == 3 && parts[1] is "t" or "T" && !parts[2].Contains('.', StringComparison.Ordinal))
            .Select(parts => (ulong.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), parts[2][..Math.Min(parts[2].Length, LongestName)]));
        Assert.Equal(expected, functions);
        Assert.True(functions.Count > 1000, $"only {functions.Count} functions");
    }

    /// <summary>Reads the form that symbols.awk describes.</summary>
    private static List<(ulong Address, string Name)> Decode(byte[] table)
    {
        int at = 0;
        string[] words = new string[table[at++]];
        for (int i = 0; i < words.Length; i++)
        {
            int length = table[at++];
            words[i] = Encoding.ASCII.GetString(table, at, length);
            at += length;
        }

        List<(ulong Address, string Name)> functions = [];
        ulong address = 0;
        string name = "";
        while (at < table.Length)
        {
            address += Leb128.Read(table, ref at);
            var text = new StringBuilder(name[..table[at++]]);
            for (; table[at] != 0; at++)
            {
                text.Append(table[at] < 128 ? ((char)table[at]).ToString() : words[table[at] - 128]);
            }

            at++;
            name = text.ToString();
            functions.Add((address, name));
        }

        return functions;
    }
}

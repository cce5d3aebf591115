using System;
using System.IO;

namespace TestRunner.Machines;

/// <summary>The command that debugs a machine.</summary>
public static class GdbCommand
{
    /// <summary>What to type in a shell.</summary>
    /// <param name="image">What the machine boots.</param>
    /// <param name="port">Where it waits for gdb.</param>
    public static string For(BootImage image, int port)
    {
        string symbols = Symbols(image);
        string file = File.Exists(symbols) ? $" {Quote(symbols)}" : "";
        return $"gdb -ex 'target remote :{port}'{file}";
    }

    /// <summary>The first file that gdb would want and that is not there, or null.</summary>
    public static string? FindMissing(BootImage image)
    {
        string symbols = Symbols(image);
        string lines = symbols + ".debug";
        return !File.Exists(symbols) ? symbols : !File.Exists(lines) ? lines : null;
    }

    /// <summary>An ISO holds the ELF that lies beside it, which names the file of the lines.</summary>
    private static string Symbols(BootImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Kind == BootImageKind.Kernel ? image.Path : Path.ChangeExtension(image.Path, ".elf");
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

using System;
using System.IO;

namespace TestRunner.Machines;

/// <summary>The file that a machine boots.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Kind">How QEMU is to load it.</param>
public sealed record BootImage(string Path, BootImageKind Kind)
{
    private static ReadOnlySpan<byte> ElfMagic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>ISO 9660: the identifier of the first volume descriptor, in sector 16.</summary>
    private static ReadOnlySpan<byte> IsoIdentifier => "CD001"u8;

    private const int IsoIdentifierOffset = (16 * 2048) + 1;

    /// <summary>Finds out by the file's content how it boots.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is neither an ELF nor an ISO image.</exception>
    public static BootImage Open(string path)
    {
        string fullPath = System.IO.Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        using FileStream file = File.OpenRead(fullPath);
        if (Holds(file, 0, ElfMagic))
        {
            return new BootImage(fullPath, BootImageKind.Kernel);
        }

        if (Holds(file, IsoIdentifierOffset, IsoIdentifier))
        {
            return new BootImage(fullPath, BootImageKind.Iso);
        }

        throw new InvalidDataException($"'{path}' is neither an ELF kernel nor an ISO image.");
    }

    private static bool Holds(FileStream file, long offset, ReadOnlySpan<byte> expected)
    {
        Span<byte> found = stackalloc byte[expected.Length];
        file.Position = offset;
        return file.ReadAtLeast(found, expected.Length, throwOnEndOfStream: false) == expected.Length
            && found.SequenceEqual(expected);
    }
}

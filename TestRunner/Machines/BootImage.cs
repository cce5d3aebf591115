using System;
using System.Buffers.Binary;
using System.IO;

namespace TestRunner.Machines;

/// <summary>The file that a machine boots.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Kind">How QEMU is to load it.</param>
public sealed record BootImage(string Path, BootImageKind Kind)
{
    private static ReadOnlySpan<byte> ElfMagic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Linux, The Linux/x86 Boot Protocol: the set-up header's magic.</summary>
    private static ReadOnlySpan<byte> LinuxMagic => "HdrS"u8;

    private const int LinuxMagicOffset = 0x202;

    /// <summary>ISO 9660: the identifier of the first volume descriptor, in sector 16.</summary>
    private static ReadOnlySpan<byte> IsoIdentifier => "CD001"u8;

    /// <summary>UEFI 2.10, 13.3.2.1, ISO-9660 and El Torito: the platform id of a UEFI boot entry.</summary>
    private const byte UefiPlatform = 0xEF;

    private const int IsoIdentifierOffset = (16 * 2048) + 1;

    /// <summary>Finds out by the file's content how it boots.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is none of an ELF, Linux and an ISO image.</exception>
    public static BootImage Open(string path)
    {
        string fullPath = System.IO.Path.GetFullPath(path);
        if (!File.Exists(fullPath))
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        using FileStream file = File.OpenRead(fullPath);
        if (Holds(file, 0, ElfMagic) || Holds(file, LinuxMagicOffset, LinuxMagic))
        {
            return new BootImage(fullPath, BootImageKind.Kernel);
        }

        if (Holds(file, IsoIdentifierOffset, IsoIdentifier))
        {
            return new BootImage(fullPath, BootImageKind.Iso);
        }

        throw new InvalidDataException($"'{path}' is neither an ELF kernel nor an ISO image.");
    }

    /// <summary>Whether UEFI firmware finds something to boot on the CD; false for an ELF.</summary>
    public bool BootsByUefi()
    {
        if (Kind != BootImageKind.Iso)
        {
            return false;
        }

        // El Torito: the boot record in sector 17 names the sector of the catalogue, whose section headers name platforms.
        const int Sector = 2048;
        const int CatalogueField = 0x47;
        const int EntrySize = 32;
        using FileStream file = File.OpenRead(Path);
        byte[] sector = new byte[Sector];
        if (!Read(file, 17, sector))
        {
            return false;
        }

        uint catalogue = BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(CatalogueField));
        if (!Read(file, catalogue, sector))
        {
            return false;
        }

        for (int at = 0; at < Sector; at += EntrySize)
        {
            bool isHeader = at == 0 ? sector[at] == 0x01 : sector[at] is 0x90 or 0x91;
            if (isHeader && sector[at + 1] == UefiPlatform)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Read(FileStream file, uint number, byte[] sector)
    {
        file.Position = (long)number * sector.Length;
        return file.ReadAtLeast(sector, sector.Length, throwOnEndOfStream: false) == sector.Length;
    }

    private static bool Holds(FileStream file, long offset, ReadOnlySpan<byte> expected)
    {
        Span<byte> found = stackalloc byte[expected.Length];
        file.Position = offset;
        return file.ReadAtLeast(found, expected.Length, throwOnEndOfStream: false) == expected.Length
            && found.SequenceEqual(expected);
    }
}

using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using TestRunner.Machines;

namespace ToroCosmos.Boot.Tests;

/// <summary>
/// A CD whose boot sector prints something and then ends in a way of its own, to try the runner with on machines that
/// load no ELF. The BIOS starts it in real mode at 07C0:0000 (El Torito, no emulation).
/// </summary>
internal static class TinyDisc
{
    /// <summary>The offset in CS of <see cref="TripleFault"/>'s breakpoint.</summary>
    public const int BreakpointOffset = EndOffset + 5;

    /// <summary>An empty interrupt table, from the image's padding, then a breakpoint: a triple fault.</summary>
    public static ReadOnlySpan<byte> TripleFault => [0x0F, 0x01, 0x1E, 0x00, 0x82, 0xCC];

    /// <summary>
    /// Starts the other processors with that same code, at 0800:0000. Their local APIC is beyond the reach of real mode:
    /// a flat data segment is loaded in protected mode.
    /// </summary>
    public static ReadOnlySpan<byte> TripleFaultOnTheOthers =>
    [
        0x0F, 0x01, 0x16, 0x00, 0x81, // lgdt [0x8100]
        0x0F, 0x20, 0xC0, 0x0C, 0x01, 0x0F, 0x22, 0xC0, // cr0 |= PE
        0xB8, 0x08, 0x00, 0x8E, 0xD8, // ds = 8
        0x67, 0x66, 0xC7, 0x05, 0x00, 0x03, 0xE0, 0xFE, 0x00, 0x45, 0x0C, 0x00, // INIT to all others
        0x66, 0xB9, 0x00, 0x02, 0x00, 0x00, 0x67, 0xE2, 0xFD, // a short wait
        0x67, 0x66, 0xC7, 0x05, 0x00, 0x03, 0xE0, 0xFE, 0x08, 0x46, 0x0C, 0x00, // start them at page 8
        0xF4, 0xEB, 0xFD, // halt for ever
    ];

    /// <summary>A jump to itself.</summary>
    public static ReadOnlySpan<byte> Spin => [0xEB, 0xFE];

    /// <summary>The power-off register of PIIX4 as Bochs' BIOS places it: dx = 0xB004, ax = 0x2000, out, halt.</summary>
    public static ReadOnlySpan<byte> PowerOff => [0xBA, 0x04, 0xB0, 0xB8, 0x00, 0x20, 0xEF, 0xF4];

    /// <summary>Exit code 7 for isa-debug-exit (MachinePower), then a halt: dx = 0xF4, eax = 16 + 7, out.</summary>
    public static ReadOnlySpan<byte> ExitCode7 => [0xBA, 0xF4, 0x00, 0x66, 0xB8, 0x17, 0x00, 0x00, 0x00, 0x66, 0xEF, 0xF4];

    /// <summary>A reset by the keyboard controller, then a halt.</summary>
    public static ReadOnlySpan<byte> Reset => [0xB0, 0xFE, 0xE6, 0x64, 0xF4];

    private const int Sector = 2048;
    private const int ImageSector = 20;
    private const int EndOffset = 44;
    private const ushort LoadAddress = 0x7C00;

    /// <summary>Prints the text on the first serial port and waits until it is sent.</summary>
    private static ReadOnlySpan<byte> Print =>
    [
        0xFA, 0x31, 0xC0, 0x8E, 0xD8, 0xFC, // cli, ds = 0, cld
        0xBA, 0xFB, 0x03, 0xB0, 0x03, 0xEE, // 8 data bits, no parity
        0xBE, 0x00, 0x00, // si = text
        0xB9, 0x00, 0x00, // cx = length
        0xE3, 0x0E, // while cx > 0
        0xBA, 0xFD, 0x03, 0xEC, 0xA8, 0x20, 0x74, 0xFB, // wait for room
        0xB2, 0xF8, 0x6E, 0x49, 0xEB, 0xF0, // send a byte
        0xBA, 0xFD, 0x03, 0xEC, 0xA8, 0x40, 0x74, 0xFB, // wait for the end of the last one
    ];

    private const int TextField = 13;
    private const int LengthField = 16;

    /// <summary>Writes a disc into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="text">What it prints on the first serial port, as Latin-1.</param>
    /// <param name="end">How it ends.</param>
    public static BootImage Write(TemporaryFolder folder, string text, ReadOnlySpan<byte> end)
    {
        byte[] disc = new byte[(ImageSector + 1) * Sector];
        Volume(disc, 16, 1); // primary
        Volume(disc, 17, 0); // boot record
        "EL TORITO SPECIFICATION"u8.CopyTo(disc.AsSpan((17 * Sector) + 7));
        BinaryPrimitives.WriteUInt32LittleEndian(disc.AsSpan((17 * Sector) + 0x47), 19);
        Volume(disc, 18, 0xFF); // end
        WriteCatalogue(disc.AsSpan(19 * Sector));
        WriteImage(disc.AsSpan(ImageSector * Sector), Encoding.Latin1.GetBytes(text), end);

        string path = folder.File("tiny, \"disc\" $1.iso");
        File.WriteAllBytes(path, disc);
        return BootImage.Open(path);
    }

    private static void Volume(Span<byte> disc, int sector, byte type)
    {
        disc[sector * Sector] = type;
        "CD001\u0001"u8.CopyTo(disc[((sector * Sector) + 1)..]);
    }

    /// <summary>El Torito 2.0: a validation entry whose words add up to 0, and the image to boot.</summary>
    private static void WriteCatalogue(Span<byte> catalogue)
    {
        catalogue[0] = 1;
        catalogue[30] = 0x55;
        catalogue[31] = 0xAA;
        const ushort Checksum = 0x10000 - (0x0001 + 0xAA55);
        BinaryPrimitives.WriteUInt16LittleEndian(catalogue[28..], Checksum);
        catalogue[32] = 0x88; // boots, without emulation
        BinaryPrimitives.WriteUInt16LittleEndian(catalogue[38..], Sector / 512);
        BinaryPrimitives.WriteUInt32LittleEndian(catalogue[40..], ImageSector);
    }

    private static void WriteImage(Span<byte> image, byte[] text, ReadOnlySpan<byte> end)
    {
        Print.CopyTo(image);
        end.CopyTo(image[EndOffset..]);
        int textOffset = EndOffset + end.Length;
        text.CopyTo(image[textOffset..]);
        BinaryPrimitives.WriteUInt16LittleEndian(image[TextField..], (ushort)(LoadAddress + textOffset));
        BinaryPrimitives.WriteUInt16LittleEndian(image[LengthField..], (ushort)text.Length);

        // At 0x8000, where the other processors start; at 0x8100 the table of segments; at 0x8200 nothing.
        TripleFault.CopyTo(image[(0x8000 - LoadAddress)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(image[(0x8100 - LoadAddress)..], 15);
        BinaryPrimitives.WriteUInt32LittleEndian(image[(0x8102 - LoadAddress)..], 0x8108);
        ReadOnlySpan<byte> flatData = [0xFF, 0xFF, 0, 0, 0, 0x93, 0xCF, 0];
        flatData.CopyTo(image[(0x8110 - LoadAddress)..]);
    }
}

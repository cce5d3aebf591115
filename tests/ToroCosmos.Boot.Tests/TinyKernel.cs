using System;
using System.Buffers.Binary;
using System.IO;
using System.Text;
using TestRunner.Machines;

namespace ToroCosmos.Boot.Tests;

/// <summary>A kernel of a few bytes that prints something and then ends in a way of its own, to try the runner with.</summary>
internal static class TinyKernel
{
    /// <summary>Interrupts off, then a jump to itself.</summary>
    public static ReadOnlySpan<byte> Spin => [0xFA, 0xEB, 0xFE];

    /// <summary>Interrupts off, then a halt.</summary>
    public static ReadOnlySpan<byte> Halt => [0xFA, 0xF4];

    /// <summary>An empty interrupt table, taken from the ELF header's padding, then a breakpoint: a triple fault.</summary>
    public static ReadOnlySpan<byte> TripleFault => [0x0F, 0x01, 0x1D, 0x08, 0x00, 0x10, 0x00, 0xCC];

    /// <summary>The power-off register that SeaBIOS gives QEMU's pc: dx = 0x604, ax = 0x2000, out, halt.</summary>
    public static ReadOnlySpan<byte> PowerOff => [0x66, 0xBA, 0x04, 0x06, 0x66, 0xB8, 0x00, 0x20, 0x66, 0xEF, 0xF4];

    private const uint LoadAddress = 0x100000;
    private const int HeaderSize = 52;
    private const int ProgramHeaderSize = 32;
    private const int NoteOffset = HeaderSize + (2 * ProgramHeaderSize);
    private const int NoteSize = 20;
    private const int CodeOffset = NoteOffset + NoteSize;

    /// <summary>Writes a kernel into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="text">What it prints on the first serial port, as Latin-1.</param>
    /// <param name="end">How it ends.</param>
    public static BootImage Write(TemporaryFolder folder, string text, ReadOnlySpan<byte> end)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        const int PrintSize = 16;
        byte[] file = new byte[CodeOffset + PrintSize + end.Length + bytes.Length];
        WriteHeaders(file);

        Span<byte> code = file.AsSpan(CodeOffset);
        code[0] = 0xBE; // mov esi, text
        Number(code, 1, LoadAddress + (uint)(CodeOffset + PrintSize + end.Length));
        code[5] = 0xB9; // mov ecx, length
        Number(code, 6, (uint)bytes.Length);
        // mov dx, 0x3F8; rep outsb
        ReadOnlySpan<byte> print = [0x66, 0xBA, 0xF8, 0x03, 0xF3, 0x6E];
        print.CopyTo(code[10..]);
        end.CopyTo(code[PrintSize..]);
        bytes.CopyTo(code[(PrintSize + end.Length)..]);

        string path = folder.File("tiny.elf");
        File.WriteAllBytes(path, file);
        return BootImage.Open(path);
    }

    /// <summary>An ELF of 32 bits with one segment and the note with PVH's entry point (Xen, x86/HVM direct boot ABI).</summary>
    private static void WriteHeaders(Span<byte> file)
    {
        ReadOnlySpan<byte> identity = [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1];
        identity.CopyTo(file);
        Number(file, 16, 2 | (3 << 16)); // an executable for the 80386
        Number(file, 20, 1);
        Number(file, 24, LoadAddress + CodeOffset);
        Number(file, 28, HeaderSize);
        Number(file, 40, HeaderSize | (ProgramHeaderSize << 16));
        Number(file, 44, 2);

        ProgramHeader(file[HeaderSize..], type: 1, offset: 0, size: (uint)file.Length);
        ProgramHeader(file[(HeaderSize + ProgramHeaderSize)..], type: 4, NoteOffset, NoteSize);

        const uint EntryPointNote = 18;
        Number(file, NoteOffset, 4);
        Number(file, NoteOffset + 4, 4);
        Number(file, NoteOffset + 8, EntryPointNote);
        "Xen\0"u8.CopyTo(file[(NoteOffset + 12)..]);
        Number(file, NoteOffset + 16, LoadAddress + CodeOffset);
    }

    private static void ProgramHeader(Span<byte> header, uint type, uint offset, uint size)
    {
        Number(header, 0, type);
        Number(header, 4, offset);
        Number(header, 8, LoadAddress + offset);
        Number(header, 12, LoadAddress + offset);
        Number(header, 16, size);
        Number(header, 20, size);
        Number(header, 24, 7);
        Number(header, 28, 4);
    }

    private static void Number(Span<byte> bytes, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[offset..], value);
}

using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace ToroCosmos.Tests.Acpi;

/// <summary>Makes tables byte by byte, sound ones unless told otherwise.</summary>
internal static class TableBuilder
{
    public static byte[] Table(string signature, params byte[][] parts)
    {
        var bytes = new List<byte>(new byte[36]);
        foreach (byte[] part in parts)
        {
            bytes.AddRange(part);
        }

        byte[] table = [.. bytes];
        Encoding.ASCII.GetBytes(signature).CopyTo(table, 0);
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4), table.Length);
        return Sealed(table, 9);
    }

    /// <summary>Sets the checksum byte so that all bytes sum up to zero.</summary>
    public static byte[] Sealed(byte[] table, int checksumOffset) => Sealed(table, checksumOffset, table.Length);

    public static byte[] Sealed(byte[] table, int checksumOffset, int length)
    {
        table[checksumOffset] = 0;
        byte sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += table[i];
        }

        table[checksumOffset] = (byte)-sum;
        return table;
    }

    public static byte[] MadtOf(params byte[][] entries)
    {
        var parts = new List<byte[]> { U32(0xFEE00000), U32(1) };
        parts.AddRange(entries);
        return Table("APIC", [.. parts]);
    }

    public static byte[] LocalApic(byte id, uint flags = 1) => [0, 8, 0, id, .. U32(flags)];

    public static byte[] LocalX2Apic(uint id, uint flags = 1) => [9, 16, 0, 0, .. U32(id), .. U32(flags), .. U32(0)];

    public static byte[] AddressOverride(ulong address) => [5, 12, 0, 0, .. U64(address)];

    public static byte[] FirstRootPointer(uint rsdt)
    {
        byte[] pointer = [.. "RSD PTR "u8, 0, .. "TOROTC"u8, 0, .. U32(rsdt)];
        return Sealed(pointer, 8);
    }

    public static byte[] SecondRootPointer(uint rsdt, ulong xsdt, uint length = 36)
    {
        byte[] pointer = [.. "RSD PTR "u8, 0, .. "TOROTC"u8, 2, .. U32(rsdt), .. U32(length), .. U64(xsdt), 0, 0, 0, 0];
        return Sealed(Sealed(pointer, 8, 20), 32);
    }

    public static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] U64(ulong value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }
}

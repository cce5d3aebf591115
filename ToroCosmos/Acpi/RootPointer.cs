using System;
using System.Buffers.Binary;

namespace ToroCosmos.Acpi;

/// <summary>The root system description root, checked (ACPI 6.5, Root System Description Pointer).</summary>
/// <param name="RsdtAddress">Physical address of the table with 32-bit entries, or 0.</param>
/// <param name="XsdtAddress">Physical address of the table with 64-bit entries, or 0.</param>
public readonly unsafe record struct RootPointer(uint RsdtAddress, ulong XsdtAddress)
{
    private const int FirstLength = 20;
    private const int SecondLength = 36;
    private const uint MaximumLength = 4096;

    private const ulong ExtendedBiosDataSegment = 0x40E;
    private const ulong ExtendedBiosDataBytes = 1024;
    private const ulong BiosStart = 0xE0000;
    private const ulong BiosBytes = 0x20000;

    /// <summary>
    /// Reads the root that the boot protocol named, or searches the BIOS areas (ACPI 6.5, Finding the RSDP on IA-PC
    /// Systems).
    /// </summary>
    /// <param name="memory">The machine's memory.</param>
    /// <param name="address">Physical address from the boot protocol, or 0.</param>
    /// <param name="root">The checked pointer, when the result is <see cref="AcpiStatus.Ok"/>.</param>
    public static AcpiStatus Find(AcpiMemory memory, ulong address, out RootPointer root)
    {
        root = default;
        AcpiStatus named = address == 0 ? AcpiStatus.NoRootPointer : Read(memory, address, out root);
        if (named == AcpiStatus.Ok)
        {
            return named;
        }

        byte* segment = memory.Map(ExtendedBiosDataSegment, 2);
        ulong extendedArea = segment == null ? 0 : (ulong)(segment[0] | (segment[1] << 8)) << 4;
        AcpiStatus extended = extendedArea == 0
            ? AcpiStatus.NoRootPointer
            : Search(memory, extendedArea, ExtendedBiosDataBytes, out root);
        if (extended == AcpiStatus.Ok)
        {
            return extended;
        }

        AcpiStatus bios = Search(memory, BiosStart, BiosBytes, out root);
        bool seen = named == AcpiStatus.BadRootPointer || extended == AcpiStatus.BadRootPointer;
        return bios == AcpiStatus.NoRootPointer && seen ? AcpiStatus.BadRootPointer : bios;
    }

    private static AcpiStatus Search(AcpiMemory memory, ulong start, ulong bytes, out RootPointer root)
    {
        AcpiStatus worst = AcpiStatus.NoRootPointer;
        for (ulong offset = 0; offset + FirstLength <= bytes; offset += 16)
        {
            AcpiStatus status = Read(memory, start + offset, out root);
            if (status == AcpiStatus.Ok)
            {
                return status;
            }

            if (status == AcpiStatus.BadRootPointer)
            {
                worst = status;
            }
        }

        root = default;
        return worst;
    }

    private static AcpiStatus Read(AcpiMemory memory, ulong address, out RootPointer root)
    {
        root = default;
        byte* start = memory.Map(address, FirstLength);
        if (start == null)
        {
            return AcpiStatus.NoRootPointer;
        }

        var first = new ReadOnlySpan<byte>(start, FirstLength);
        if (AcpiBytes.Signature(first) != AcpiBytes.Signature("RSD "u8)
            || AcpiBytes.Signature(first.Slice(4)) != AcpiBytes.Signature("PTR "u8))
        {
            return AcpiStatus.NoRootPointer;
        }

        if (!AcpiBytes.SumIsZero(first))
        {
            return AcpiStatus.BadRootPointer;
        }

        uint rsdt = BinaryPrimitives.ReadUInt32LittleEndian(first.Slice(16));
        byte revision = first[15];
        if (revision < 2)
        {
            root = new RootPointer(rsdt, 0);
            return AcpiStatus.Ok;
        }

        start = memory.Map(address, SecondLength);
        if (start == null)
        {
            return AcpiStatus.BadRootPointer;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(start + FirstLength, 4));
        ulong xsdt = BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(start + 24, 8));
        if (length < SecondLength || length > MaximumLength)
        {
            return AcpiStatus.BadRootPointer;
        }

        start = memory.Map(address, length);
        if (start == null || !AcpiBytes.SumIsZero(new ReadOnlySpan<byte>(start, (int)length)))
        {
            return AcpiStatus.BadRootPointer;
        }

        root = new RootPointer(rsdt, xsdt);
        return AcpiStatus.Ok;
    }
}

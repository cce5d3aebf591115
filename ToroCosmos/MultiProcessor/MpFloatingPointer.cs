using System;
using System.Buffers.Binary;
using ToroCosmos.Acpi;

namespace ToroCosmos.MultiProcessor;

/// <summary>
/// Where the MultiProcessor tables begin, checked (MultiProcessor Specification 1.4, MP Floating Pointer Structure).
/// </summary>
/// <param name="TableAddress">Physical address of the configuration table, or 0.</param>
/// <param name="DefaultConfiguration">1 to 7 for a machine that is made like that and has no table, else 0.</param>
public readonly unsafe record struct MpFloatingPointer(uint TableAddress, byte DefaultConfiguration)
{
    private const int Length = 16;
    private const byte LastDefault = 7;

    private const ulong ExtendedBiosDataSegment = 0x40E;
    private const ulong BaseMemoryKilobytes = 0x413;

    /// <summary>Base memory where the BIOS data area does not tell it.</summary>
    private const ulong UsualBaseKilobytes = 640;

    private const ulong BiosStart = 0xF0000;
    private const ulong BiosBytes = 0x10000;
    private const ulong Kilobyte = 1024;

    /// <summary>
    /// Searches the first KiB of the extended BIOS data area, the last KiB of base memory and the BIOS, in this order.
    /// </summary>
    /// <param name="memory">The machine's memory.</param>
    /// <param name="found">The checked pointer, when the result is <see cref="MpStatus.Ok"/>.</param>
    public static MpStatus Find(AcpiMemory memory, out MpFloatingPointer found)
    {
        ArgumentNullException.ThrowIfNull(memory);
        MpStatus status = Search(memory, ReadWord(memory, ExtendedBiosDataSegment) << 4, Kilobyte, out found);
        bool seen = status == MpStatus.BadPointer;
        if (status != MpStatus.Ok)
        {
            ulong kilobytes = ReadWord(memory, BaseMemoryKilobytes);
            ulong last = (kilobytes == 0 ? UsualBaseKilobytes : kilobytes) - 1;
            status = Search(memory, last * Kilobyte, Kilobyte, out found);
            seen |= status == MpStatus.BadPointer;
        }

        if (status != MpStatus.Ok)
        {
            status = Search(memory, BiosStart, BiosBytes, out found);
        }

        return status == MpStatus.NoPointer && seen ? MpStatus.BadPointer : status;
    }

    private static MpStatus Search(AcpiMemory memory, ulong start, ulong bytes, out MpFloatingPointer found)
    {
        MpStatus worst = MpStatus.NoPointer;
        for (ulong offset = 0; start != 0 && offset < bytes; offset += Length)
        {
            MpStatus status = Read(memory, start + offset, out found);
            if (status == MpStatus.Ok)
            {
                return status;
            }

            worst = status == MpStatus.BadPointer ? status : worst;
        }

        found = default;
        return worst;
    }

    private static MpStatus Read(AcpiMemory memory, ulong address, out MpFloatingPointer found)
    {
        found = default;
        byte* start = memory.Map(address, Length);
        if (start == null || AcpiBytes.Signature(new ReadOnlySpan<byte>(start, 4)) != AcpiBytes.Signature("_MP_"u8))
        {
            return MpStatus.NoPointer;
        }

        // Its length is counted in 16 bytes, and is one of them in each version so far.
        var bytes = new ReadOnlySpan<byte>(start, Length);
        uint table = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
        byte configuration = bytes[11];
        if (bytes[8] != 1 || !AcpiBytes.SumIsZero(bytes) || configuration > LastDefault || (configuration == 0 && table == 0))
        {
            return MpStatus.BadPointer;
        }

        found = new MpFloatingPointer(table, configuration);
        return MpStatus.Ok;
    }

    private static ulong ReadWord(AcpiMemory memory, ulong address)
    {
        byte* word = memory.Map(address, 2);
        return word == null ? 0 : (ulong)(word[0] | (word[1] << 8));
    }
}

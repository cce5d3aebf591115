using System;
using System.Buffers.Binary;

namespace ToroCosmos.Acpi;

/// <summary>
/// Where the configuration space of PCI Express is in memory (PCI Firmware 3.3, MCFG Table). Ranges that make no sense are
/// left out.
/// </summary>
public static class Mcfg
{
    private const int FixedLength = 44;
    private const int EntryLength = 16;
    private const int MaximumRanges = 64;
    private const ulong BusBytes = 1 << 20;

    /// <summary>Finds and reads the machine's table.</summary>
    /// <param name="tables">The machine's tables.</param>
    /// <param name="ranges">What it lists; never null.</param>
    public static AcpiStatus Read(AcpiTables tables, out ConfigurationRange[] ranges)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ranges = Array.Empty<ConfigurationRange>();
        AcpiStatus status = tables.Find("MCFG"u8, out ReadOnlySpan<byte> table);
        return status == AcpiStatus.Ok ? Parse(table, out ranges) : status;
    }

    /// <summary>Reads a table whose header was verified.</summary>
    /// <param name="table">The whole table with its header.</param>
    /// <param name="ranges">What it lists, in its order; never null.</param>
    public static AcpiStatus Parse(ReadOnlySpan<byte> table, out ConfigurationRange[] ranges)
    {
        ranges = Array.Empty<ConfigurationRange>();
        if (table.Length < FixedLength)
        {
            return AcpiStatus.BadLength;
        }

        int entries = Math.Min((table.Length - FixedLength) >> 4, MaximumRanges);
        int count = 0;
        for (int i = 0; i < entries; i++)
        {
            count += IsSound(EntryAt(table, i)) ? 1 : 0;
        }

        ranges = new ConfigurationRange[count];
        count = 0;
        for (int i = 0; i < entries; i++)
        {
            ConfigurationRange range = EntryAt(table, i);
            if (IsSound(range))
            {
                ranges[count++] = range;
            }
        }

        return AcpiStatus.Ok;
    }

    private static ConfigurationRange EntryAt(ReadOnlySpan<byte> table, int index)
    {
        ReadOnlySpan<byte> entry = table.Slice(FixedLength + (index * EntryLength), EntryLength);
        return new ConfigurationRange(
            BinaryPrimitives.ReadUInt64LittleEndian(entry),
            BinaryPrimitives.ReadUInt16LittleEndian(entry.Slice(8)),
            entry[10],
            entry[11]);
    }

    /// <summary>A bus is a megabyte, and no place of configuration space lies at address 0 or goes beyond the last.</summary>
    private static bool IsSound(ConfigurationRange range) =>
        range.Address != 0
        && (range.Address & (BusBytes - 1)) == 0
        && range.FirstBus <= range.LastBus
        && range.Address <= ulong.MaxValue - ((range.LastBus + 1UL) * BusBytes);
}

using System;
using System.Buffers.Binary;

namespace ToroCosmos.Acpi;

/// <summary>The I/O interrupt controllers of the machine. What is valid before a broken entry is kept.</summary>
public static class IoApicList
{
    /// <summary>The most controllers that are listed.</summary>
    public const int Maximum = 64;

    private const int FixedLength = 44;
    private const byte IoApicType = 1;
    private const int IoApicLength = 12;

    /// <summary>Finds and reads the machine's MADT.</summary>
    /// <param name="tables">The machine's tables.</param>
    /// <returns>The controllers; none where there is no such table.</returns>
    public static IoApicEntry[] Read(AcpiTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return tables.Find("APIC"u8, out ReadOnlySpan<byte> table) == AcpiStatus.Ok
            ? Parse(table)
            : Array.Empty<IoApicEntry>();
    }

    /// <summary>Reads a table whose header was verified.</summary>
    /// <param name="table">The whole table with its header.</param>
    public static IoApicEntry[] Parse(ReadOnlySpan<byte> table)
    {
        int count = Walk(table, null);
        var entries = new IoApicEntry[count];
        Walk(table, entries);
        return entries;
    }

    private static int Walk(ReadOnlySpan<byte> table, IoApicEntry[]? entries)
    {
        int count = 0;
        int offset = FixedLength;
        while (offset + 2 <= table.Length && count < Maximum)
        {
            int length = table[offset + 1];
            if (length < 2 || length > table.Length - offset)
            {
                break;
            }

            if (table[offset] == IoApicType && length >= IoApicLength)
            {
                if (entries != null)
                {
                    entries[count] = new IoApicEntry(
                        BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(offset + 4)),
                        BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(offset + 8)));
                }

                count++;
            }

            offset += length;
        }

        return count;
    }
}

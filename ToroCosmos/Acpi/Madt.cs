using System;
using System.Buffers.Binary;

namespace ToroCosmos.Acpi;

/// <summary>
/// The processors of the machine (ACPI 6.5, Multiple APIC Description Table). What was valid before a fault is kept,
/// so that a broken table costs some cores and not the machine.
/// </summary>
public sealed class Madt
{
    /// <summary>The most processors that are listed.</summary>
    public const int MaximumProcessors = ProcessorList.Maximum;

    private const int FixedLength = 44;
    private const byte LocalApicType = 0;
    private const byte AddressOverrideType = 5;
    private const byte LocalX2ApicType = 9;
    private const uint EnabledFlag = 1;
    private const uint OnlineCapableFlag = 2;


    private Madt()
    {
    }

    /// <summary><see cref="AcpiStatus.Ok"/>, or what stopped the reading.</summary>
    public AcpiStatus Status { get; private set; }

    /// <summary>Physical address of the local APIC's registers, as the table has it.</summary>
    public ulong LocalApicAddress { get; private set; }

    /// <summary>The enabled processors.</summary>
    public ProcessorList Processors { get; private set; } = new(0);

    /// <summary>How many processors are enabled.</summary>
    public int ProcessorCount => Processors.Count;

    /// <summary>Processors that are not there now but may be plugged in later.</summary>
    public int OnlineCapableCount { get; private set; }

    /// <summary>Enabled entries left out because an earlier one has the same APIC id.</summary>
    public int DuplicateCount => Processors.DuplicateCount;

    /// <summary>The APIC id of an enabled processor.</summary>
    /// <param name="index">From 0, in the table's order, below <see cref="ProcessorCount"/>.</param>
    public uint ApicId(int index) => Processors.ApicId(index);

    /// <summary>The largest APIC id of an enabled processor; 0 when there is none.</summary>
    public uint LargestApicId => Processors.LargestApicId;

    /// <summary>Finds and reads the machine's MADT; never null, see <see cref="Status"/>.</summary>
    public static Madt Read(AcpiTables tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        AcpiStatus status = tables.Find("APIC"u8, out ReadOnlySpan<byte> table);
        return status == AcpiStatus.Ok ? Parse(table) : new Madt { Status = status };
    }

    /// <summary>Reads a table whose header was verified; never null, see <see cref="Status"/>.</summary>
    /// <param name="table">The whole table with its header.</param>
    public static Madt Parse(ReadOnlySpan<byte> table)
    {
        var madt = new Madt();
        if (table.Length < FixedLength)
        {
            madt.Status = AcpiStatus.BadLength;
            return madt;
        }

        madt.LocalApicAddress = BinaryPrimitives.ReadUInt32LittleEndian(table.Slice(36));
        madt.Processors = new ProcessorList((table.Length - FixedLength) / ShortestEntry(LocalApicType));
        madt.Status = madt.ReadEntries(table.Slice(FixedLength));
        if (madt.Status == AcpiStatus.Ok && madt.ProcessorCount == 0)
        {
            madt.Status = AcpiStatus.NoProcessor;
        }

        return madt;
    }

    private AcpiStatus ReadEntries(ReadOnlySpan<byte> entries)
    {
        while (entries.Length > 0)
        {
            if (entries.Length < 2)
            {
                return AcpiStatus.EntryOverrun;
            }

            int length = entries[1];
            if (length < ShortestEntry(entries[0]))
            {
                return AcpiStatus.EntryTooShort;
            }

            if (length > entries.Length)
            {
                return AcpiStatus.EntryOverrun;
            }

            AcpiStatus status = ReadEntry(entries.Slice(0, length));
            if (status != AcpiStatus.Ok)
            {
                return status;
            }

            entries = entries.Slice(length);
        }

        return AcpiStatus.Ok;
    }

    private static int ShortestEntry(byte type) => type switch
    {
        LocalApicType => 8,
        AddressOverrideType => 12,
        LocalX2ApicType => 16,
        _ => 2,
    };

    private AcpiStatus ReadEntry(ReadOnlySpan<byte> entry)
    {
        switch (entry[0])
        {
            case LocalApicType:
                // 0xFF is the broadcast address of an xAPIC, never a processor.
                return entry[3] == byte.MaxValue
                    ? AcpiStatus.Ok
                    : Add(entry[3], BinaryPrimitives.ReadUInt32LittleEndian(entry.Slice(4)));
            case LocalX2ApicType:
                uint id = BinaryPrimitives.ReadUInt32LittleEndian(entry.Slice(4));
                return id == uint.MaxValue
                    ? AcpiStatus.Ok
                    : Add(id, BinaryPrimitives.ReadUInt32LittleEndian(entry.Slice(8)));
            case AddressOverrideType:
                LocalApicAddress = BinaryPrimitives.ReadUInt64LittleEndian(entry.Slice(4));
                return AcpiStatus.Ok;
            default:
                return AcpiStatus.Ok;
        }
    }

    private AcpiStatus Add(uint apicId, uint flags)
    {
        if ((flags & EnabledFlag) == 0)
        {
            OnlineCapableCount += (flags & OnlineCapableFlag) != 0 ? 1 : 0;
            return AcpiStatus.Ok;
        }

        return Processors.TryAdd(apicId) ? AcpiStatus.Ok : AcpiStatus.TooManyProcessors;
    }
}

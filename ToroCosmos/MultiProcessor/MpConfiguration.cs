using System;
using System.Buffers.Binary;
using ToroCosmos.Acpi;

namespace ToroCosmos.MultiProcessor;

/// <summary>
/// The processors of a machine without ACPI (MultiProcessor Specification 1.4, MP Configuration Table). What was valid
/// before a fault is kept, so that a broken table costs some cores and not the machine.
/// </summary>
public sealed unsafe class MpConfiguration
{
    private const int HeaderLength = 44;
    private const int ProcessorLength = 20;
    private const int OtherLength = 8;
    private const byte ProcessorType = 0;
    private const byte LastOtherType = 4;
    private const byte EnabledFlag = 1;

    private MpConfiguration(MpStatus status, ProcessorList processors)
    {
        Status = status;
        Processors = processors;
    }

    /// <summary><see cref="MpStatus.Ok"/>, or what stopped the reading.</summary>
    public MpStatus Status { get; }

    /// <summary>The enabled processors.</summary>
    public ProcessorList Processors { get; }

    /// <summary>Finds and reads the tables; never null, see <see cref="Status"/>.</summary>
    /// <param name="memory">The machine's memory.</param>
    public static MpConfiguration Read(AcpiMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        MpStatus status = MpFloatingPointer.Find(memory, out MpFloatingPointer pointer);
        if (status != MpStatus.Ok)
        {
            return new MpConfiguration(status, new ProcessorList(0));
        }

        return pointer.DefaultConfiguration != 0 ? Default() : ReadTable(memory, pointer.TableAddress);
    }

    /// <summary>Reads a table whose header was verified; never null, see <see cref="Status"/>.</summary>
    /// <param name="table">The base table with its header, without the extended entries behind it.</param>
    public static MpConfiguration Parse(ReadOnlySpan<byte> table)
    {
        if (table.Length < HeaderLength)
        {
            return new MpConfiguration(MpStatus.BadLength, new ProcessorList(0));
        }

        var processors = new ProcessorList((table.Length - HeaderLength) / ProcessorLength);
        MpStatus status = ReadEntries(table.Slice(HeaderLength), processors);
        return new MpConfiguration(
            status == MpStatus.Ok && processors.Count == 0 ? MpStatus.NoProcessor : status, processors);
    }

    /// <summary>All default configurations have two processors, with these ids (Default Configurations).</summary>
    private static MpConfiguration Default()
    {
        var processors = new ProcessorList(2);
        processors.TryAdd(0);
        processors.TryAdd(1);
        return new MpConfiguration(MpStatus.Ok, processors);
    }

    private static MpConfiguration ReadTable(AcpiMemory memory, uint address)
    {
        MpStatus status = MpStatus.NotMapped;
        byte* start = memory.Map(address, HeaderLength);
        if (start != null)
        {
            var header = new ReadOnlySpan<byte>(start, HeaderLength);
            int length = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(4));
            status = AcpiBytes.Signature(header) != AcpiBytes.Signature("PCMP"u8) ? MpStatus.WrongSignature
                : length < HeaderLength ? MpStatus.BadLength
                : (start = memory.Map(address, (nuint)length)) == null ? MpStatus.NotMapped
                : !AcpiBytes.SumIsZero(new ReadOnlySpan<byte>(start, length)) ? MpStatus.BadChecksum
                : MpStatus.Ok;
            if (status == MpStatus.Ok)
            {
                return Parse(new ReadOnlySpan<byte>(start, length));
            }
        }

        return new MpConfiguration(status, new ProcessorList(0));
    }

    /// <summary>The table's length says where they end; some firmware leaves their number at 0.</summary>
    private static MpStatus ReadEntries(ReadOnlySpan<byte> entries, ProcessorList processors)
    {
        while (entries.Length > 0)
        {
            byte type = entries[0];
            int length = type == ProcessorType ? ProcessorLength : OtherLength;
            if (type > LastOtherType)
            {
                return MpStatus.UnknownEntry;
            }

            if (length > entries.Length)
            {
                return MpStatus.EntryOverrun;
            }

            // 0xFF is the broadcast address of an xAPIC, never a processor. Ids of eight bits cannot fill the list.
            if (type == ProcessorType && entries[1] != byte.MaxValue && (entries[3] & EnabledFlag) != 0)
            {
                processors.TryAdd(entries[1]);
            }

            entries = entries.Slice(length);
        }

        return MpStatus.Ok;
    }
}

using System;
using System.Buffers.Binary;

namespace ToroCosmos.Acpi;

/// <summary>
/// The tables that the firmware left in memory. Nothing in them is trusted: a table is handed out only after its
/// signature, its length and its checksum were verified, and is read only inside its length.
/// </summary>
public sealed unsafe class AcpiTables
{
    /// <summary>Bytes of the header that every table begins with (ACPI 6.5, System Description Table Header).</summary>
    public const int HeaderLength = 36;

    /// <summary>Length, in bytes, beyond which a table is not believed.</summary>
    public const uint MaximumTableLength = 4 << 20;

    /// <summary>Tables that the root table names beyond these are not looked at; no firmware has a tenth of them.</summary>
    public const int MaximumTables = 1024;

    private readonly AcpiMemory _memory;
    private readonly byte* _entries;
    private readonly int _count;
    private readonly bool _wide;

    private AcpiTables(AcpiMemory memory, byte* entries, int count, bool wide)
    {
        _memory = memory;
        _entries = entries;
        _count = count;
        _wide = wide;
    }

    /// <summary>Finds the root table: the XSDT where it is sound, else the RSDT.</summary>
    /// <param name="memory">The machine's memory.</param>
    /// <param name="rootPointer">Physical address of the root pointer, or 0 to search the BIOS areas.</param>
    /// <param name="tables">The tables, not null when the result is <see cref="AcpiStatus.Ok"/>.</param>
    public static AcpiStatus Find(AcpiMemory memory, ulong rootPointer, out AcpiTables? tables)
    {
        ArgumentNullException.ThrowIfNull(memory);
        tables = null;
        AcpiStatus status = RootPointer.Find(memory, rootPointer, out RootPointer pointer);
        if (status != AcpiStatus.Ok)
        {
            return status;
        }

        status = AcpiStatus.TableNotFound;
        if (pointer.XsdtAddress != 0)
        {
            status = Open(memory, pointer.XsdtAddress, AcpiBytes.Signature("XSDT"u8), true, out tables);
        }

        if (status != AcpiStatus.Ok && pointer.RsdtAddress != 0)
        {
            status = Open(memory, pointer.RsdtAddress, AcpiBytes.Signature("RSDT"u8), false, out tables);
        }

        return status;
    }

    /// <summary>Finds a table by its signature and verifies it.</summary>
    /// <param name="signature">Four ASCII characters.</param>
    /// <param name="table">The whole table with its header, when the result is <see cref="AcpiStatus.Ok"/>.</param>
    /// <returns><see cref="AcpiStatus.TableNotFound"/>, or what is wrong with the first such table.</returns>
    public AcpiStatus Find(ReadOnlySpan<byte> signature, out ReadOnlySpan<byte> table)
    {
        int place = 0;
        return FindNext(signature, ref place, out table);
    }

    /// <summary>Finds the next table of a signature, so that a walk through all of them looks at each table once.</summary>
    /// <param name="signature">Four ASCII characters.</param>
    /// <param name="place">Where to go on: 0 for the first one; afterwards the place behind what was found.</param>
    /// <param name="table">The whole table with its header, when the result is <see cref="AcpiStatus.Ok"/>.</param>
    /// <returns><see cref="AcpiStatus.TableNotFound"/> when there is none left, or what is wrong with it.</returns>
    public AcpiStatus FindNext(ReadOnlySpan<byte> signature, scoped ref int place, out ReadOnlySpan<byte> table)
    {
        table = default;
        if (signature.Length != 4)
        {
            return AcpiStatus.TableNotFound;
        }

        uint wanted = AcpiBytes.Signature(signature);
        while (place < _count)
        {
            int i = place++;
            ulong address = _wide ? ((ulong*)_entries)[i] : ((uint*)_entries)[i];
            byte* header = address == 0 ? null : _memory.Map(address, HeaderLength);
            if (header != null && *(uint*)header == wanted)
            {
                return Read(_memory, address, wanted, out table);
            }
        }

        return AcpiStatus.TableNotFound;
    }

    /// <summary>Reads and verifies the table at an address that another table names.</summary>
    /// <param name="address">Physical address.</param>
    /// <param name="signature">The four ASCII characters that must be there.</param>
    /// <param name="table">The whole table with its header, when the result is <see cref="AcpiStatus.Ok"/>.</param>
    public AcpiStatus ReadAt(ulong address, ReadOnlySpan<byte> signature, out ReadOnlySpan<byte> table) =>
        Read(_memory, address, AcpiBytes.Signature(signature), out table);

    private static AcpiStatus Open(AcpiMemory memory, ulong address, uint signature, bool wide, out AcpiTables? tables)
    {
        tables = null;
        AcpiStatus status = Read(memory, address, signature, out ReadOnlySpan<byte> root);
        if (status == AcpiStatus.Ok)
        {
            int shift = wide ? 3 : 2;
            int count = Math.Min((root.Length - HeaderLength) >> shift, MaximumTables);
            tables = new AcpiTables(memory, memory.Map(address, (nuint)root.Length) + HeaderLength, count, wide);
        }

        return status;
    }

    private static AcpiStatus Read(AcpiMemory memory, ulong address, uint signature, out ReadOnlySpan<byte> table)
    {
        table = default;
        byte* start = memory.Map(address, HeaderLength);
        if (start == null)
        {
            return AcpiStatus.NotMapped;
        }

        var header = new ReadOnlySpan<byte>(start, HeaderLength);
        if (AcpiBytes.Signature(header) != signature)
        {
            return AcpiStatus.WrongSignature;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(4));
        if (length < HeaderLength || length > MaximumTableLength)
        {
            return AcpiStatus.BadLength;
        }

        start = memory.Map(address, length);
        if (start == null)
        {
            return AcpiStatus.NotMapped;
        }

        var whole = new ReadOnlySpan<byte>(start, (int)length);
        if (!AcpiBytes.SumIsZero(whole))
        {
            return AcpiStatus.BadChecksum;
        }

        table = whole;
        return AcpiStatus.Ok;
    }
}

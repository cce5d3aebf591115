using ToroCosmos.Tests.Acpi;
using static ToroCosmos.Tests.Acpi.TableBuilder;

namespace ToroCosmos.Tests.MultiProcessor;

/// <summary>Makes MultiProcessor tables byte by byte, sound ones unless told otherwise.</summary>
internal static class MpTables
{
    public const uint Table = 0x20000;
    public const uint ExtendedArea = 0x9FC00;

    public static byte[] FloatingPointer(uint table = Table, byte configuration = 0, byte length = 1) =>
        Sealed([.. "_MP_"u8, .. U32(table), length, 4, 0, configuration, 0, 0, 0, 0], 10);

    public static byte[] Configuration(params byte[][] entries)
    {
        byte[] table =
        [
            .. "PCMP"u8, 0, 0, 4, 0, .. "TOROTORO"u8, .. "COSMOSCOSMOS"u8, .. U32(0), 0, 0,
            (byte)entries.Length, 0, .. U32(0xFEE00000), 0, 0, 0, 0,
        ];
        foreach (byte[] entry in entries)
        {
            table = [.. table, .. entry];
        }

        table[4] = (byte)table.Length;
        table[5] = (byte)(table.Length >> 8);
        return Sealed(table, 7);
    }

    public static byte[] Processor(byte id, byte flags = 1) => [0, id, 0x14, flags, .. U32(0x600), .. U32(0x200), .. U64(0)];

    /// <summary>A bus, an I/O APIC or an interrupt.</summary>
    public static byte[] Other(byte type) => [type, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>Memory with the pointer at an address, the table where it should be, and the words of the BIOS data area.</summary>
    public static FakeMemory Machine(ulong pointerAt, byte[] pointer, byte[]? table = null, ushort extendedSegment = 0, ushort baseKilobytes = 0)
    {
        FakeMemory memory = new FakeMemory()
            .Put(0x40E, [(byte)extendedSegment, (byte)(extendedSegment >> 8)])
            .Put(0x413, [(byte)baseKilobytes, (byte)(baseKilobytes >> 8)])
            .Put(pointerAt, pointer);
        return table is null ? memory : memory.Put(Table, table);
    }
}

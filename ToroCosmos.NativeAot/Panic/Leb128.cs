namespace ToroCosmos.NativeAot.Panic;

/// <summary>Numbers of as many bytes as they need (DWARF 5, 7.6 Variable Length Data).</summary>
internal static unsafe class Leb128
{
    /// <summary>Reads a number and goes behind it.</summary>
    public static ulong Read(ref byte* p)
    {
        ulong value = 0;
        int shift = 0;
        do
        {
            value |= (ulong)(*p & 0x7F) << shift;
            shift += 7;
        }
        while ((*p++ & 0x80) != 0);
        return value;
    }
}

namespace ToroCosmos.Build.Tests;

/// <summary>Numbers as the image's tables have them: seven bits a byte, the lowest first.</summary>
internal static class Leb128
{
    /// <summary>Reads a number and goes behind it.</summary>
    public static ulong Read(byte[] table, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            value |= (ulong)(table[at] & 0x7F) << shift;
            if (table[at++] < 0x80)
            {
                return value;
            }
        }
    }
}

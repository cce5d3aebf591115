using System;

namespace ToroCosmos.Acpi;

/// <summary>Helpers over the bytes of a table.</summary>
internal static class AcpiBytes
{
    /// <summary>Whether all bytes sum up to zero (ACPI 6.5, System Description Table Header).</summary>
    public static bool SumIsZero(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            sum = unchecked((byte)(sum + bytes[i]));
        }

        return sum == 0;
    }

    /// <summary>Four ASCII characters as the little-endian number they are in memory.</summary>
    public static uint Signature(ReadOnlySpan<byte> name) =>
        name[0] | ((uint)name[1] << 8) | ((uint)name[2] << 16) | ((uint)name[3] << 24);
}

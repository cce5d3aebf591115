using System.Runtime.CompilerServices;

namespace ToroCosmos.NativeAot.Handover;

/// <summary>
/// A copy of the BIOS data area (0x400 to 0x4FF), which lies in page 0, taken before that page is unmapped. Under UEFI
/// it holds whatever was there; readers check what they find.
/// </summary>
internal static unsafe class BiosData
{
    private const int Start = 0x400;
    private const int Size = 0x100;

    private const int VideoMode = 0x449;
    private const byte TextMode80x25 = 3;

    private static Area s_copy;

    [InlineArray(Size)]
    private struct Area
    {
        private byte _first;
    }

    /// <summary>Whether the BIOS left the screen in the colour text mode of 80 by 25 characters.</summary>
    public static bool IsTextMode => s_copy[VideoMode - Start] == TextMode80x25;

    public static void Save()
    {
        for (int i = 0; i < Size; i++)
        {
            s_copy[i] = *(byte*)(Start + i);
        }
    }

    /// <returns>The copy of a stretch of page 0, or null when it lies outside the BIOS data area.</returns>
    public static byte* Copy(ulong address, ulong bytes) =>
        address >= Start && bytes <= Size && address + bytes <= Start + Size
            ? (byte*)Unsafe.AsPointer(ref s_copy[0]) + (address - Start)
            : null;
}

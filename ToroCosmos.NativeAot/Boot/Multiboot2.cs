using ToroCosmos.NativeAot.Handover;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.Boot;

/// <summary>Reads the boot information of a Multiboot2 loader (Multiboot2 Specification, Boot information format).</summary>
internal static unsafe class Multiboot2
{
    /// <summary>What a Multiboot2 loader leaves in EAX.</summary>
    public const uint Magic = 0x36D76289;

    /// <summary>More than any loader passes; a longer one is cut, not believed.</summary>
    private const uint LongestInformation = 1 << 20;

    private const uint TagCommandLine = 1;
    private const uint TagModule = 3;
    private const uint TagMemoryMap = 6;
    private const uint TagFramebuffer = 8;
    private const uint TagAcpiOld = 14;
    private const uint TagAcpiNew = 15;

    private const uint MemoryAvailable = 1;
    private const byte FramebufferRgb = 1;
    private const byte FramebufferText = 2;

    /// <returns>False when the information has no memory map.</returns>
    public static bool Read(byte* information)
    {
        uint total = *(uint*)information;
        total = total > LongestInformation ? LongestInformation : total;
        byte* acpiOld = null;
        byte* acpiNew = null;
        uint acpiOldBytes = 0;
        uint acpiNewBytes = 0;
        byte* map = null;
        uint mapBytes = 0;

        for (uint at = 8; at + 8 <= total;)
        {
            byte* tag = information + at;
            uint type = *(uint*)tag;
            uint size = *(uint*)(tag + 4);
            if (type == 0 || size < 8 || size > total - at)
            {
                break;
            }

            switch (type)
            {
                case TagCommandLine:
                    BootInformation.SetCommandLine(tag + 8, size - 8);
                    break;
                case TagModule when size >= 16 && *(uint*)(tag + 12) > *(uint*)(tag + 8):
                    BootInformation.SetFiles(*(uint*)(tag + 8), *(uint*)(tag + 12) - *(uint*)(tag + 8));
                    break;
                case TagMemoryMap when size >= 16:
                    map = tag;
                    mapBytes = size;
                    break;
                case TagFramebuffer when size >= 32:
                    ReadFramebuffer(tag);
                    break;
                case TagAcpiOld:
                    acpiOld = tag + 8;
                    acpiOldBytes = size - 8;
                    break;
                case TagAcpiNew:
                    acpiNew = tag + 8;
                    acpiNewBytes = size - 8;
                    break;
                default:
                    break;
            }

            at += (size + 7) & ~7u;
        }

        if (acpiNew != null)
        {
            BootInformation.SetRootPointer(acpiNew, acpiNewBytes);
        }
        else if (acpiOld != null)
        {
            BootInformation.SetRootPointer(acpiOld, acpiOldBytes);
        }

        if (map == null)
        {
            return false;
        }

        ReadMemoryMap(map, mapBytes);
        return true;
    }

    private static void ReadMemoryMap(byte* tag, uint size)
    {
        uint entrySize = *(uint*)(tag + 8);
        if (entrySize < 24)
        {
            return;
        }

        // Usable first, then whatever else is declared is taken out again.
        for (int pass = 0; pass < 2; pass++)
        {
            for (uint at = 16; at + entrySize <= size && at + entrySize > at; at += entrySize)
            {
                ulong start = *(ulong*)(tag + at);
                ulong length = *(ulong*)(tag + at + 8);
                bool available = *(uint*)(tag + at + 16) == MemoryAvailable;
                if (available && pass == 0)
                {
                    MemoryMap.AddUsable(start, length);
                }
                else if (!available && pass == 1)
                {
                    ulong end = start + length;
                    MemoryMap.Remove(start, end < start ? ulong.MaxValue : end);
                }
            }
        }
    }

    private static void ReadFramebuffer(byte* tag)
    {
        byte bitsPerPixel = *(tag + 28);
        byte type = *(tag + 29);
        if (type == FramebufferText)
        {
            BootInformation.HasTextScreen = true;
        }
        else if (type == FramebufferRgb && bitsPerPixel == 32)
        {
            BootInformation.Framebuffer.Address = *(ulong*)(tag + 8);
            BootInformation.Framebuffer.Pitch = *(uint*)(tag + 16);
            BootInformation.Framebuffer.Width = *(uint*)(tag + 20);
            BootInformation.Framebuffer.Height = *(uint*)(tag + 24);
        }
    }
}

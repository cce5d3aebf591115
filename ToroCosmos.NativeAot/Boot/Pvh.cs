using ToroCosmos.NativeAot.Handover;
using ToroCosmos.NativeAot.Memory;

namespace ToroCosmos.NativeAot.Boot;

/// <summary>Reads the start info of a PVH boot (Xen x86/HVM direct boot ABI, struct hvm_start_info).</summary>
internal static unsafe class Pvh
{
    /// <summary>The first word of the start info.</summary>
    public const uint Magic = 0x336EC578;

    private const uint MaximumMapEntries = 4096;
    private const uint MemoryRam = 1;

    /// <returns>False when the information has no memory map.</returns>
    public static bool Read(byte* information)
    {
        uint version = *(uint*)(information + 4);
        ulong commandLine = *(ulong*)(information + 24);
        if (commandLine != 0)
        {
            BootInformation.SetCommandLine((byte*)commandLine, BootInformation.LongestCommandLine);
        }

        BootInformation.SetRootPointerAddress(*(ulong*)(information + 32));
        ulong* module = (ulong*)*(ulong*)(information + 16);
        if (*(uint*)(information + 12) > 0 && module != null)
        {
            // { address, size, its command line, reserved }
            BootInformation.SetFiles(module[0], module[1]);
        }

        BootInformation.HasTextScreen = BiosData.IsTextMode;
        if (version < 1)
        {
            return false;
        }

        byte* map = (byte*)*(ulong*)(information + 40);
        uint entries = *(uint*)(information + 48);
        if (map == null || entries == 0)
        {
            return false;
        }

        entries = entries > MaximumMapEntries ? MaximumMapEntries : entries;
        for (int pass = 0; pass < 2; pass++)
        {
            for (uint i = 0; i < entries; i++)
            {
                byte* entry = map + (i * 24);
                ulong start = *(ulong*)entry;
                ulong length = *(ulong*)(entry + 8);
                bool ram = *(uint*)(entry + 16) == MemoryRam;
                if (ram && pass == 0)
                {
                    MemoryMap.AddUsable(start, length);
                }
                else if (!ram && pass == 1)
                {
                    ulong end = start + length;
                    MemoryMap.Remove(start, end < start ? ulong.MaxValue : end);
                }
            }
        }

        return true;
    }
}

using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// How far physical addresses reach. A page-table entry with a higher one faults when it is used: its upper bits are
/// reserved (Intel SDM 3A, Reserved Bits in Paging-Structure Entries).
/// </summary>
internal static class PhysicalAddresses
{
    private const uint LargestExtendedLeaf = 0x8000_0000;
    private const uint AddressSizeLeaf = 0x8000_0008;

    /// <summary>What a processor has that does not tell (Intel SDM 3A, Enumeration of Paging Features by CPUID).</summary>
    private const int UntoldBits = 36;

    /// <summary>What four-level paging maps at its own address, with room above for other addresses.</summary>
    private const int MaximumBits = 46;

    private static ulong s_end;

    /// <summary>The first address that does not exist or cannot be mapped.</summary>
    public static ulong End
    {
        get
        {
            if (s_end == 0)
            {
                s_end = 1UL << Bits();
            }

            return s_end;
        }
    }

    private static int Bits()
    {
        int bits = Cpu.CpuId(LargestExtendedLeaf).Eax >= AddressSizeLeaf
            ? (int)(Cpu.CpuId(AddressSizeLeaf).Eax & 0xFF)
            : UntoldBits;
        return bits > MaximumBits ? MaximumBits : bits;
    }
}

using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// The page attribute table, by which two bits of a page's entry say how it is cached (Intel SDM 3A, Page Attribute
/// Table). It must be the same on every core.
/// </summary>
internal static class PageAttributeTable
{
    /// <summary>The model-specific register that holds it.</summary>
    public const uint Register = 0x277;

    /// <summary>
    /// A byte for each index: write-back, write combining, uncached unless a memory type range says otherwise, uncached.
    /// After a reset the second is write-through. The upper four are for a bit of the entries that is never set.
    /// </summary>
    public const ulong Value = 0x0007_0106_0007_0106;

    // Indices.
    public const ulong WriteCombining = 1;
    public const ulong Uncached = 3;

    private const uint FeaturePat = 1 << 16;

    /// <summary>
    /// Sets it on this core, before anything is mapped with the index whose meaning changes; so there is nothing in the
    /// caches that would have to be written back first. A processor without the table keeps write-through there.
    /// </summary>
    public static void LoadOnThisCore()
    {
        if ((Cpu.CpuId(1).Edx & FeaturePat) != 0)
        {
            Cpu.WriteMsr(Register, Value);
            NativeCpu.WriteCr3(NativeCpu.ReadCr3());
        }
    }
}

using ToroCosmos.NativeAot.Image;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>
/// The optional instruction sets of this machine. Code is compiled for the baseline; where the class library has a better
/// version it asks here which it may use. The vector state was enabled before (processor.asm).
/// </summary>
internal static unsafe class ProcessorFeatures
{
    private const uint FeatureOsXsave = 1 << 27;
    private const uint StateLeaf = 0xD;

    // The groups that code compiled for the x86-64 baseline asks for, by their bits in g_cpuFeatures.
    private const uint GroupSse42 = 1 << 0;
    private const uint GroupAes = 1 << 9;

    // SSE3, SSSE3, SSE4.1, SSE4.2, POPCNT; PCLMULQDQ, AES (Intel SDM 2A, CPUID leaf 01H, ECX).
    private const uint FeaturesSse42 = (1 << 0) | (1 << 9) | (1 << 19) | (1 << 20) | (1 << 23);
    private const uint FeaturesAes = (1 << 1) | (1 << 25);

    public static void Initialize()
    {
        uint ecx = Cpu.CpuId(1).Ecx;
        uint groups = (ecx & FeaturesSse42) == FeaturesSse42 ? GroupSse42 : 0;
        groups |= groups != 0 && (ecx & FeaturesAes) == FeaturesAes ? GroupAes : 0;
        *ImageLayout.Get()->ProcessorFeatures = groups;
        if ((ecx & FeatureOsXsave) != 0)
        {
            // Size of the save area for what is enabled now (Intel SDM 2A, CPUID leaf 0DH).
            *ImageLayout.Get()->ExtendedStateSize = Cpu.CpuId(StateLeaf).Ebx;
        }
    }
}

using ToroCosmos.Hardware;
using ToroCosmos.NativeAot.Boot;
using ToroCosmos.NativeAot.Smp;

namespace ToroCosmos.NativeAot.Runtime;

/// <summary>
/// The vector state and the optional instruction sets of this machine. Code is compiled for the baseline; where the
/// class library has a better version it asks here which it may use.
/// </summary>
internal static unsafe class ProcessorFeatures
{
    private const uint FeatureXsave = 1 << 26;
    private const uint FeatureAvx = 1 << 28;
    private const uint StateX87 = 1 << 0;
    private const uint StateSse = 1 << 1;
    private const uint StateAvx = 1 << 2;
    private const uint StateLeaf = 0xD;

    // The groups that code compiled for the x86-64 baseline asks for, by their bits in g_cpuFeatures.
    private const uint GroupSse42 = 1 << 0;
    private const uint GroupAes = 1 << 9;

    // SSE3, SSSE3, SSE4.1, SSE4.2, POPCNT; PCLMULQDQ, AES (Intel SDM 2A, CPUID leaf 01H, ECX).
    private const uint FeaturesSse42 = (1 << 0) | (1 << 9) | (1 << 19) | (1 << 20) | (1 << 23);
    private const uint FeaturesAes = (1 << 1) | (1 << 25);

    private static uint s_components;

    public static void Initialize()
    {
        uint ecx = Cpu.CpuId(1).Ecx;
        if ((ecx & FeatureXsave) != 0)
        {
            s_components = StateX87 | StateSse | ((ecx & FeatureAvx) != 0 ? StateAvx : 0);
        }

        uint groups = (ecx & FeaturesSse42) == FeaturesSse42 ? GroupSse42 : 0;
        groups |= groups != 0 && (ecx & FeaturesAes) == FeaturesAes ? GroupAes : 0;
        *ImageLayout.Get()->ProcessorFeatures = groups;

        EnableOnThisCore();
        if (s_components != 0)
        {
            // Size of the save area for what is enabled now (Intel SDM 2A, CPUID leaf 0DH).
            *ImageLayout.Get()->ExtendedStateSize = Cpu.CpuId(StateLeaf).Ebx;
        }
    }

    /// <summary>Enables the same vector state as on the boot core.</summary>
    public static void EnableOnThisCore()
    {
        if (s_components != 0)
        {
            NativeCpu.EnableExtendedState(s_components);
        }
    }
}

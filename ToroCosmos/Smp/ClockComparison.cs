using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Startup;

namespace ToroCosmos.Smp;

/// <summary>
/// Compares the clocks of the cores, their time-stamp counters, with the boot core's, and corrects those that surely
/// differ: firmware may have set them apart, or reset the processors at different times.
/// </summary>
internal static unsafe class ClockComparison
{
    private const uint Questions = 8;
    private const uint LongestMicroseconds = 2000;

    private const uint AdjustMsr = 0x3B;
    private const uint FeatureLeaf = 7;
    private const uint AdjustFeature = 1 << 1;

    private static ClockEcho* s_echo;
    private static ulong s_correction;
    private static bool s_canAdjust;

    /// <summary>Boot core, while no other runs a function: compares all clocks and corrects what it can.</summary>
    /// <returns>Ticks by which the clocks of two cores surely still differ, at most; 0 when no difference shows.</returns>
    public static ulong Correct()
    {
        ulong worst = 0;
        for (int core = 1; core < Cores.Count; core++)
        {
            ClockOffset offset = Measure(core);
            if (offset.Difference != 0 && TryAdd(core, offset.Correction))
            {
                offset = Measure(core);
            }

            worst = offset.Difference > worst ? offset.Difference : worst;
        }

        return worst;
    }

    /// <summary>Boot core: how far a core's clock is apart from this one's.</summary>
    public static ClockOffset Measure(int core)
    {
        if (s_echo == null)
        {
            s_echo = (ClockEcho*)PhysicalMemory.Allocate(CoreSlot.Bytes, CoreSlot.Alignment);
            if (s_echo == null)
            {
                return ClockOffset.Unknown;
            }
        }

        *s_echo = default;
        Cores.Run(core, &Answer);
        ClockOffset offset = ClockEcho.Ask(s_echo, Questions, Clock.Now + TickMath.FromMicroseconds(LongestMicroseconds));
        Cores.Join(core);
        return offset;
    }

    /// <summary>Boot core: moves a core's clock.</summary>
    /// <param name="core">Which.</param>
    /// <param name="ticks">What is added, modulo 2^64.</param>
    /// <returns>False when the core's processor cannot do that.</returns>
    public static bool TryAdd(int core, ulong ticks)
    {
        s_correction = ticks;
        Cores.Run(core, &Add);
        Cores.Join(core);
        return s_canAdjust;
    }

    private static void Answer(int core) => ClockEcho.Answer(s_echo);

    /// <summary>Intel SDM 3B, IA32_TSC_ADJUST Register Support.</summary>
    private static void Add(int core)
    {
        s_canAdjust = Cpu.CpuId(0).Eax >= FeatureLeaf && (Cpu.CpuId(FeatureLeaf).Ebx & AdjustFeature) != 0;
        if (s_canAdjust)
        {
            Cpu.WriteMsr(AdjustMsr, Cpu.ReadMsr(AdjustMsr) + s_correction);
        }
    }
}

using System.Runtime.CompilerServices;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Memory;

/// <summary>
/// The registers that say which physical memory may be cached. They must be the same on all processors (Intel SDM 3A,
/// MTRR Considerations in MP Systems); some firmware sets those of the boot core only. The other cores take over its.
/// </summary>
internal static class MemoryTypeRanges
{
    private const uint FeatureRanges = 1 << 12;

    private const uint CapabilityMsr = 0xFE;
    private const ulong HasFixedRanges = 1 << 8;

    private const uint DefaultTypeMsr = 0x2FF;
    private const ulong Enabled = 1 << 11;

    private const uint FirstVariableMsr = 0x200;
    private const int FixedCount = 11;

    /// <summary>More than any processor has.</summary>
    private const int MaximumVariableRanges = 32;
    private const int MaximumRegisters = 1 + FixedCount + (2 * MaximumVariableRanges);

    private static Registers s_values;
    private static int s_fixedCount;
    private static int s_count;

    [InlineArray(MaximumRegisters)]
    private struct Registers
    {
        private ulong _first;
    }

    /// <summary>How many registers there are; known after <see cref="Save"/>.</summary>
    public static int Count => s_count;

    /// <summary>Reads those of the boot core, which runs this.</summary>
    public static void Save()
    {
        if ((Cpu.CpuId(1).Edx & FeatureRanges) == 0)
        {
            return;
        }

        ulong capability = Cpu.ReadMsr(CapabilityMsr);
        int variable = (int)(capability & 0xFF);
        s_fixedCount = (capability & HasFixedRanges) != 0 ? FixedCount : 0;
        s_count = 1 + s_fixedCount + (2 * (variable > MaximumVariableRanges ? MaximumVariableRanges : variable));
        for (int i = 0; i < s_count; i++)
        {
            s_values[i] = Cpu.ReadMsr(Register(i));
        }
    }

    /// <summary>Whether this core's are those of the boot core.</summary>
    public static bool AreBootCores()
    {
        for (int i = 0; i < s_count; i++)
        {
            if (Cpu.ReadMsr(Register(i)) != s_values[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Gives this core those of the boot core, with its caches off meanwhile (Intel SDM 3A, MTRR Maintenance Programming
    /// Interface). To be called with interrupts disabled. The other cores need not wait: theirs do not change, and this
    /// one writes to no memory that they use.
    /// </summary>
    public static void TakeBootCores()
    {
        if (AreBootCores())
        {
            return;
        }

        NativeCpu.DisableCaches();
        Cpu.WriteMsr(DefaultTypeMsr, s_values[0] & ~Enabled);
        for (int i = 1; i < s_count; i++)
        {
            Cpu.WriteMsr(Register(i), s_values[i]);
        }

        Cpu.WriteMsr(DefaultTypeMsr, s_values[0]);
        NativeCpu.EnableCaches();
    }

    /// <summary>The number of a register: the default type, then the fixed ranges, then pairs for the variable ones.</summary>
    private static uint Register(int index)
    {
        int variable = index - 1 - s_fixedCount;
        if (variable >= 0)
        {
            return FirstVariableMsr + (uint)variable;
        }

        return index switch
        {
            0 => DefaultTypeMsr,
            1 => 0x250,
            2 or 3 => 0x258 + (uint)index - 2,
            _ => 0x268 + (uint)index - 4,
        };
    }
}

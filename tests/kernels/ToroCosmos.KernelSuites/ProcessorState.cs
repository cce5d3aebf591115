using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.Seam;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// The registers that decide how a core runs compiled code. One value is right for each on a given processor, whatever
/// firmware left in them.
/// </summary>
internal static class ProcessorState
{
    private const uint EferMsr = 0xC000_0080;
    private const uint StateLeaf = 0xD;

    private const uint FeatureMachineCheck = 1 << 7;
    private const uint FeatureXsave = 1 << 26;

    // Intel SDM 3A, Control Registers; Extended Feature Enable Register. Intel SDM 1, XCR0; MXCSR; x87 Control Word.
    private const ulong Cr0 = (1UL << 31) | (1 << 16) | (1 << 5) | (1 << 4) | (1 << 1) | (1 << 0);
    private const ulong Cr4 = (1 << 5) | (1 << 9) | (1 << 10);
    private const ulong Cr4MachineCheck = 1 << 6;
    private const ulong Cr4OsXsave = 1 << 18;
    private const ulong Efer = (1 << 8) | (1 << 10) | (1 << 11);
    private const ulong StateAvx = 7;
    private const ulong StateAvx512 = 7 << 5;
    private const ulong Mxcsr = 0x1F80;
    private const ulong X87Control = 0x37F;

    /// <summary>
    /// The first register of this core that is not as it should be, what it holds and what it should; null when all are
    /// right. The SSE exceptions that calculations have noted since the start do not count.
    /// </summary>
    public static string? FindWrong()
    {
        CpuIdResult features = Cpu.CpuId(1);
        bool hasXsave = (features.Ecx & FeatureXsave) != 0;
        ulong cr4 = Cr4 | ((features.Edx & FeatureMachineCheck) != 0 ? Cr4MachineCheck : 0) | (hasXsave ? Cr4OsXsave : 0);
        return Compare("CR0", ReadCr0(), Cr0)
            ?? Compare("CR4", ReadCr4(), cr4)
            ?? Compare("EFER", Cpu.ReadMsr(EferMsr), Efer)
            ?? (hasXsave ? Compare("XCR0", ReadXcr0(), ExpectedXcr0()) : null)
            ?? Compare("MXCSR", ReadMxcsr() & ~0x3FUL, Mxcsr)
            ?? Compare("the x87 control word", ReadX87Control(), X87Control);
    }

    /// <summary>All of x87, SSE, AVX and AVX-512 that the processor has; AVX-512 only whole and with AVX.</summary>
    public static ulong ExpectedXcr0()
    {
        ulong supported = Cpu.CpuId(StateLeaf).Eax;
        ulong all = supported & (StateAvx | StateAvx512);
        return all == (StateAvx | StateAvx512) ? all : all & StateAvx;
    }

    private static string? Compare(string register, ulong found, ulong expected) =>
        found == expected ? null : $"{register} is 0x{found:X}, but should be 0x{expected:X}";

    [RuntimeImport("*", "state_cr0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong ReadCr0();

    [RuntimeImport("*", "state_cr4")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong ReadCr4();

    [RuntimeImport("*", "state_xcr0")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong ReadXcr0();

    [RuntimeImport("*", "state_mxcsr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong ReadMxcsr();

    [RuntimeImport("*", "state_x87_control")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong ReadX87Control();
}

using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace ToroCosmos.Hardware;

/// <summary>
/// Instructions of the processor that C# has no word for. Part of the hardware seam: each toolchain has its own file.
/// <see cref="Pause"/>, <see cref="FullFence"/> and <see cref="CpuId"/> also work in an ordinary process; the others are
/// privileged and exist only in a kernel.
/// </summary>
public static class Cpu
{
    /// <summary>Tells the processor, or the emulator, that this is a waiting loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pause() => X86Base.Pause();

    /// <summary>
    /// Orders every load and store before it against every load and store after it, store-to-load included
    /// (Intel SDM 3A, Memory Ordering).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FullFence() => Interlocked.MemoryBarrier();

    /// <summary>Asks the processor for its features (Intel SDM 2A, CPUID).</summary>
    /// <param name="leaf">The value of EAX.</param>
    /// <param name="subleaf">The value of ECX.</param>
    public static CpuIdResult CpuId(uint leaf, uint subleaf = 0)
    {
        (int eax, int ebx, int ecx, int edx) = X86Base.CpuId((int)leaf, (int)subleaf);
        return new CpuIdResult((uint)eax, (uint)ebx, (uint)ecx, (uint)edx);
    }

    /// <summary>Reads the time-stamp counter, in ticks of <see cref="Clock.TicksPerSecond"/>.</summary>
    [RuntimeImport("*", "ToroReadTimestamp")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadTimestamp();

    /// <summary>The dense number, from 0, of the core that runs this code.</summary>
    [RuntimeImport("*", "ToroCurrentCore")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int CurrentCore();

    /// <summary>Stops maskable interrupts from being delivered to this core.</summary>
    [RuntimeImport("*", "ToroDisableInterrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void DisableInterrupts();

    /// <summary>Lets maskable interrupts be delivered to this core.</summary>
    [RuntimeImport("*", "ToroEnableInterrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableInterrupts();

    /// <summary>
    /// Enables interrupts and halts until one arrives, with no gap between the two: an interrupt that became pending
    /// while interrupts were disabled ends the halt (Intel SDM 2B, STI). Interrupts stay enabled.
    /// </summary>
    [RuntimeImport("*", "ToroEnableInterruptsAndHalt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableInterruptsAndHalt();

    /// <summary>Reads a model-specific register that the processor is known to have.</summary>
    [RuntimeImport("*", "ToroReadMsr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadMsr(uint register);

    /// <summary>Writes a model-specific register that the processor is known to have.</summary>
    [RuntimeImport("*", "ToroWriteMsr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteMsr(uint register, ulong value);
}

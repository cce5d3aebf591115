namespace ToroCosmos.Seam;

/// <summary>
/// Instructions of the processor that C# has no word for. Part of the hardware seam: each toolchain has its own file.
/// <see cref="Pause"/>, <see cref="FullFence"/>, <see cref="CpuId"/> and <see cref="Call"/> also work in an ordinary process; the others are
/// privileged and exist only in a kernel.
/// </summary>
[AnyCore]
public static unsafe partial class Cpu
{
    /// <summary>Tells the processor, or the emulator, that this is a waiting loop.</summary>
    public static partial void Pause();

    /// <summary>
    /// Orders every load and store before it against every load and store after it, store-to-load included
    /// (Intel SDM 3A, Memory Ordering).
    /// </summary>
    public static partial void FullFence();

    /// <summary>Asks the processor for its features (Intel SDM 2A, CPUID).</summary>
    /// <param name="leaf">The value of EAX.</param>
    /// <param name="subleaf">The value of ECX.</param>
    public static partial CpuIdResult CpuId(uint leaf, uint subleaf = 0);

    /// <summary>
    /// Calls a function, and lets an exception of it through: IL2CPU loses what is thrown through a call by pointer.
    /// </summary>
    public static partial void Call(delegate*<int, void> function, int argument);

    /// <summary>Reads the time-stamp counter, in ticks of <see cref="Platform.Clock.TicksPerSecond"/>.</summary>
    public static partial ulong ReadTimestamp();

    /// <summary>The dense number, from 0, of the core that runs this code.</summary>
    public static partial int CurrentCore();

    /// <summary>Whether maskable interrupts are delivered to this core.</summary>
    public static partial bool AreInterruptsEnabled();

    /// <summary>Stops maskable interrupts from being delivered to this core.</summary>
    public static partial void DisableInterrupts();

    /// <summary>Lets maskable interrupts be delivered to this core.</summary>
    public static partial void EnableInterrupts();

    /// <summary>
    /// Enables interrupts and halts until one arrives, with no gap between the two: an interrupt that became pending
    /// while interrupts were disabled ends the halt (Intel SDM 2B, STI). Interrupts stay enabled.
    /// </summary>
    public static partial void EnableInterruptsAndHalt();

    /// <summary>
    /// Halts this core with interrupts disabled. A non-maskable interrupt ends the halt, so whoever means for ever halts in
    /// a loop.
    /// </summary>
    public static partial void DisableInterruptsAndHalt();

    /// <summary>Reads a model-specific register that the processor is known to have.</summary>
    public static partial ulong ReadMsr(uint register);

    /// <summary>
    /// Writes a model-specific register that the processor is known to have. Other cores see every store before it before
    /// its effect, also that of a register whose write is not serializing by itself (Intel SDM 3A, MSR Access in x2APIC
    /// Mode).
    /// </summary>
    public static partial void WriteMsr(uint register, ulong value);
}

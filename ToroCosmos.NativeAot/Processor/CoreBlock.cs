using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>
/// What belongs to one core; its gs register points here. Some fields are known to assembly (layouts.inc).
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = OwnThreadOffset + ThreadBlock.Size)]
internal unsafe struct CoreBlock
{
    private const int OwnThreadOffset = 0x180;

    [FieldOffset(0x00)] public CoreBlock* Self;
    [FieldOffset(0x08)] public int Id;

    /// <summary>The thread that this core runs.</summary>
    [FieldOffset(0x10)] public ThreadBlock* Thread;

    /// <summary>What chooses the thread; null while this core has but its own.</summary>
    [FieldOffset(0x18)] public void* Scheduler;

    /// <summary>1 while threads may run on this core, so that an interrupt may concern them.</summary>
    [FieldOffset(0x20)] public int Lends;

    /// <summary>
    /// What compiled C code takes for its stack protector's value. The same on every core, for a thread may change cores
    /// within a function.
    /// </summary>
    [FieldOffset(0x28)] public ulong StackProtector;
    [FieldOffset(0x30)] public delegate*<int, void> Entry;
    [FieldOffset(0x3E)] public ushort GdtLimit;
    [FieldOffset(0x40)] public ulong* GdtBase;
    [FieldOffset(0x54)] public int PanicDepth;
    [FieldOffset(0x60)] public fixed ulong Gdt[6];

    /// <summary>The 64-bit task-state segment (Intel SDM 3A, Task Management in 64-bit Mode).</summary>
    [FieldOffset(0xA0)] public fixed uint TaskState[26];

    /// <summary>How many device and inter-processor interrupts are being handled, one inside the other.</summary>
    [FieldOffset(0x108)] public int InterruptDepth;

    /// <summary>The thread that the core begins with, and that runs what it is given as a core.</summary>
    [FieldOffset(OwnThreadOffset)] public ThreadBlock OwnThread;

    /// <summary>The block of core 0.</summary>
    public static CoreBlock* Boot { get; private set; }

    public static CoreBlock* Current() => CurrentBlock();

    /// <summary>Makes a block, all zero before, that of a core with a stack.</summary>
    public static void Initialize(CoreBlock* core, int id, ulong stackGuard, ulong stackTop)
    {
        Boot = id == 0 ? core : Boot;
        core->Self = core;
        core->Id = id;
        core->Thread = &core->OwnThread;
        core->OwnThread.Number = id + 1;
        core->OwnThread.OnCore = 1;
        core->OwnThread.IsAlive = 1;
        core->OwnThread.Core = id;
        core->OwnThread.Binding = id + 1;
        core->OwnThread.StackGuard = stackGuard;
        core->OwnThread.StackTop = stackTop;
    }

    [RuntimeImport("*", "cpu_core_block")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern CoreBlock* CurrentBlock();
}

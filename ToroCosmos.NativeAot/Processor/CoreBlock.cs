using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>
/// What belongs to one core; its gs register points here. Some fields are known to assembly (layouts.inc).
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 0x180)]
internal unsafe struct CoreBlock
{
    [FieldOffset(0x00)] public CoreBlock* Self;
    [FieldOffset(0x08)] public int Id;
    [FieldOffset(0x10)] public byte* AllocationPointer;
    [FieldOffset(0x18)] public byte* AllocationLimit;
    [FieldOffset(0x20)] public void* ExInfoHead;

    /// <summary>Also what compiled C code takes for its stack protector's value: any constant does.</summary>
    [FieldOffset(0x28)] public ulong StackTop;
    [FieldOffset(0x30)] public delegate*<int, void> Entry;
    [FieldOffset(0x3E)] public ushort GdtLimit;
    [FieldOffset(0x40)] public ulong* GdtBase;

    /// <summary>An object reference: the storage of this core's thread-static fields.</summary>
    [FieldOffset(0x48)] public nint ThreadStatics;
    [FieldOffset(0x50)] public uint LastError;
    [FieldOffset(0x54)] public int PanicDepth;

    /// <summary>Lowest address of the stack's guard page.</summary>
    [FieldOffset(0x58)] public ulong StackGuard;
    [FieldOffset(0x60)] public fixed ulong Gdt[6];

    /// <summary>The 64-bit task-state segment (Intel SDM 3A, Task Management in 64-bit Mode).</summary>
    [FieldOffset(0xA0)] public fixed uint TaskState[26];

    /// <summary>How many device and inter-processor interrupts are being handled, one inside the other.</summary>
    [FieldOffset(0x108)] public int InterruptDepth;

    public static CoreBlock* Current() => CurrentBlock();

    [RuntimeImport("*", "cpu_core_block")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern CoreBlock* CurrentBlock();
}

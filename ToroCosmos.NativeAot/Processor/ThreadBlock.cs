using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>
/// What belongs to one thread; the block of the core that runs it points here. Each core has a thread of its own, which
/// it begins with. Some fields are known to assembly (layouts.inc).
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct ThreadBlock
{
    public const int Size = 0x80;

    /// <summary>Where the next object goes, behind its header, and the end of the area that it is taken from.</summary>
    [FieldOffset(0x00)] public byte* AllocationPointer;
    [FieldOffset(0x08)] public byte* AllocationLimit;
    [FieldOffset(0x10)] public void* ExInfoHead;
    [FieldOffset(0x18)] public ulong StackTop;

    /// <summary>Lowest address of the stack's guard page.</summary>
    [FieldOffset(0x20)] public ulong StackGuard;

    /// <summary>An object reference: the storage of this thread's thread-static fields.</summary>
    [FieldOffset(0x28)] public nint ThreadStatics;

    /// <summary>From 1; no two threads that live have the same.</summary>
    [FieldOffset(0x30)] public int Number;
    [FieldOffset(0x34)] public uint LastError;

    public static ThreadBlock* Current() => CurrentBlock();

    [RuntimeImport("*", "cpu_thread_block")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ThreadBlock* CurrentBlock();
}

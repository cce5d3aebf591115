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
    public const int Size = 0x100;

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

    /// <summary>While no core runs it: where its registers lie on its stack (switch.asm).</summary>
    [FieldOffset(0x38)] public ulong SavedStackPointer;

    /// <summary>1 while a core uses its stack; 0 once its registers are saved.</summary>
    [FieldOffset(0x40)] public int OnCore;

    /// <summary>Above 0 it stays on its core and is not preempted. Its own: only its code and handlers over it write.</summary>
    [FieldOffset(0x44)] public int NoPreemption;

    /// <summary>The core that runs it, or did last.</summary>
    [FieldOffset(0x48)] public int Core;

    /// <summary>The core that it must stay on, and one; 0 for any.</summary>
    [FieldOffset(0x4C)] public int Binding;

    /// <summary>Whether it waits to be woken: a value of the scheduler's.</summary>
    [FieldOffset(0x50)] public int WakeState;

    /// <summary>The level of its ready queue.</summary>
    [FieldOffset(0x54)] public int Level;

    /// <summary>The next in a ready queue, or among ended threads.</summary>
    [FieldOffset(0x58)] public ThreadBlock* Next;

    /// <summary>Its place in the list of deadlines.</summary>
    [FieldOffset(0x60)] public ulong Deadline;
    [FieldOffset(0x68)] public ThreadBlock* LaterDeadline;
    [FieldOffset(0x70)] public ThreadBlock* EarlierDeadline;
    [FieldOffset(0x78)] public int HasDeadline;

    /// <summary>1 while it stands in a monitor's queue.</summary>
    [FieldOffset(0x7C)] public int IsQueued;
    [FieldOffset(0x80)] public ThreadBlock* NextInMonitor;

    /// <summary>The next of those that wait for their core to be interrupted.</summary>
    [FieldOffset(0x88)] public ThreadBlock* NextSleeper;

    /// <summary>The next of all threads that ever were.</summary>
    [FieldOffset(0x90)] public ThreadBlock* NextOfAll;

    /// <summary>What it runs, and with what.</summary>
    [FieldOffset(0x98)] public delegate*<nint, nint> Entry;
    [FieldOffset(0xA0)] public nint Parameter;

    /// <summary>A handle of the class library's thread object; 0 for none.</summary>
    [FieldOffset(0xA8)] public nint Handle;

    /// <summary>While it is preempted: all its registers.</summary>
    [FieldOffset(0xB0)] public InterruptFrame* Interrupted;

    /// <summary>1 from its start to its end.</summary>
    [FieldOffset(0xB8)] public int IsAlive;

    /// <summary>Bytes of its next allocation area; 0 for the largest.</summary>
    [FieldOffset(0xBC)] public uint NextArea;

    /// <summary>When it came into its ready queue.</summary>
    [FieldOffset(0xC0)] public ulong ReadySince;

    public static ThreadBlock* Current() => CurrentBlock();

    [RuntimeImport("*", "cpu_thread_block")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ThreadBlock* CurrentBlock();
}

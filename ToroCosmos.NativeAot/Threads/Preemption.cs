using System.Runtime;
using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// Makes an interrupted thread yield: not in the handler, whose stack is the core's, but when the handler has returned, on
/// the thread's own stack, which then holds all that the thread needs to go on anywhere.
/// </summary>
internal static unsafe class Preemption
{
    /// <summary>Bytes below the stack pointer that compiled C code may use (System V x86-64 psABI, the red zone).</summary>
    private const ulong RedZone = 128;
    private const ulong InterruptFlag = 1 << 9;

    /// <summary>The upper half of an InterruptFrame, in words: vector, error code, and what IRETQ pops.</summary>
    private const int UpperWords = 7;

    /// <summary>Has the interrupted code go on in preempt_entry.</summary>
    public static void Inject(InterruptFrame* frame)
    {
        ulong* upper = (ulong*)((frame->Rsp - RedZone) & ~15UL) - UpperWords;
        upper[0] = frame->Vector;
        upper[1] = frame->ErrorCode;
        upper[2] = frame->Rip;
        upper[3] = frame->Cs;
        upper[4] = frame->Rflags;
        upper[5] = frame->Rsp;
        upper[6] = frame->Ss;
        frame->Rsp = (ulong)upper;
        frame->Rip = ImageLayout.Get()->PreemptEntry;
        frame->Rflags &= ~InterruptFlag;
    }

    [RuntimeExport("ToroPreempted")]
    private static void Preempted(InterruptFrame* frame) => Scheduler.Preempt();
}

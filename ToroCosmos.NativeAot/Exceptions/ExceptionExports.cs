using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>What the class library's exception dispatcher and stack traces call.</summary>
internal static unsafe class ExceptionExports
{
    [RuntimeExport("RhpSfiInit")]
    private static byte StackFrameInit(StackFrame* frame, ThrowContext* context, byte isFault, byte* isIntercepted)
    {
        if (isIntercepted != null)
        {
            *isIntercepted = 0;
        }

        Registers registers;
        if (context != null)
        {
            context->CopyTo(out registers);
            return StackWalk.Begin(frame, registers, isFault != 0) ? (byte)1 : (byte)0;
        }

        return 0;
    }

    [RuntimeExport("RhpSfiNext")]
    private static byte StackFrameNext(StackFrame* frame, uint* clause, byte* unwoundReversePInvoke, byte* isIntercepted)
    {
        bool found = StackWalk.Next(frame, out uint collided);
        if (clause != null)
        {
            *clause = collided;
        }

        // There is no unmanaged code above managed code: the stack ends instead.
        if (unwoundReversePInvoke != null)
        {
            *unwoundReversePInvoke = 0;
        }

        if (isIntercepted != null)
        {
            *isIntercepted = 0;
        }

        return found ? (byte)1 : (byte)0;
    }

    [RuntimeExport("RhpEHEnumInitFromStackFrameIterator")]
    private static byte ClausesInit(StackFrame* frame, MethodRegions* regions, ClauseReader* reader)
    {
        *regions = default;
        regions->HotStart = frame->Function.MethodStart;
        *reader = new ClauseReader(frame->Function);
        return frame->Function.Clauses != null ? (byte)1 : (byte)0;
    }

    [RuntimeExport("RhpEHEnumNext")]
    private static byte ClausesNext(ClauseReader* reader, Clause* clause) => reader->Next(clause) ? (byte)1 : (byte)0;

    [RuntimeExport("RhpCopyContextFromExInfo")]
    private static void CopyContext(void* osContext, int size, ThrowContext* context)
    {
        // The operating system's context record exists for crash dumps, which there are none of; only its size is set.
        for (int i = 0; i < size; i++)
        {
            ((byte*)osContext)[i] = 0;
        }
    }

    // No debugger listens, no collector runs: nothing is to be done at these points of a dispatch.
    [RuntimeExport("RhpFirstChanceExceptionNotification")]
    private static void FirstChance()
    {
    }

    [RuntimeExport("RhpSetThreadDoNotTriggerGC")]
    private static void DoNotTriggerCollection()
    {
    }

    [RuntimeExport("RhFindMethodStartAddress")]
    private static nint FindMethodStart(nint address) =>
        UnwindTables.Find((ulong)address, out Function function) ? (nint)function.MethodStart : 0;

    /// <summary>Return addresses of the callers, for <c>Environment.StackTrace</c>.</summary>
    /// <param name="buffer">Where the addresses go.</param>
    /// <param name="capacity">How many fit.</param>
    /// <param name="start">A local variable's address in the frame whose callers are wanted.</param>
    /// <returns>How many there are, negated when they did not fit.</returns>
    [RuntimeExport("RhpGetCurrentThreadStackTrace")]
    private static int CurrentStackTrace(nint* buffer, uint capacity, nint start)
    {
        Registers registers = default;
        CaptureRegisters(&registers);
        StackFrame frame = default;
        int count = 0;
        for (bool more = StackWalk.Begin(&frame, registers, false); more; more = StackWalk.NextPlain(&frame))
        {
            if (frame.Registers.Rsp <= (ulong)start)
            {
                continue;
            }

            if ((uint)count < capacity)
            {
                buffer[count] = (nint)frame.OriginalControlPc;
            }

            count++;
        }

        return (uint)count > capacity ? -count : count;
    }

    [RuntimeImport("*", "capture_registers")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void CaptureRegisters(Registers* registers);
}

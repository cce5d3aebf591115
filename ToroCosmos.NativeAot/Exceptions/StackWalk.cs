using ToroCosmos.NativeAot.Image;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>Walks a stack from callee to caller, across compiled code and this runtime's assembly.</summary>
internal static unsafe class StackWalk
{
    /// <summary>What the class library takes for "no clause".</summary>
    public const uint NoClause = uint.MaxValue;

    // Bytes that the assembly in front of a return address keeps on the stack (exceptions.asm, dispatch.asm).
    private const ulong FuncletCallBytes = 7 * 8;
    private const ulong DispatchBytes = 128 + (7 * 8);

    /// <summary>Begins a walk at the given registers.</summary>
    /// <param name="isFault">Whether the instruction pointer is that of a faulting instruction, not a return address.</param>
    /// <returns>False when no compiled code is there.</returns>
    public static bool Begin(StackFrame* frame, in Registers registers, bool isFault)
    {
        frame->Registers = registers;
        frame->NextExInfo = (ExInfo*)ThreadBlock.Current()->ExInfoHead;

        // Exceptions whose records lie below the start are not on this stack's way up.
        while (frame->NextExInfo != null && (ulong)frame->NextExInfo < registers.Rsp)
        {
            frame->NextExInfo = frame->NextExInfo->Previous;
        }

        SkipDispatch(&frame->Registers);
        return Locate(frame, isFault);
    }

    /// <summary>Goes to the caller.</summary>
    /// <param name="collidedClause">
    /// The clause whose handler the walk came out of, when it met an exception that was being handled: the walk goes on
    /// at the frame that handles it. Else <see cref="NoClause"/>.
    /// </param>
    /// <returns>False at the end of the compiled code's stack.</returns>
    public static bool Next(StackFrame* frame, out uint collidedClause)
    {
        collidedClause = NoClause;
        UnwindTables.Step(frame->Function, frame->ControlPc, &frame->Registers);
        ImageLayout* image = ImageLayout.Get();
        ulong rip = frame->Registers.Rip;
        if ((rip == image->CatchFuncletReturn || rip == image->FinallyFuncletReturn) && frame->NextExInfo != null)
        {
            ExInfo* superseded = frame->NextExInfo;
            collidedClause = superseded->CurrentClause;
            superseded->Kind |= ExInfo.SupersededFlag;
            ExInfo* next = superseded->Previous;
            *frame = superseded->Frame;
            frame->NextExInfo = next;
            return true;
        }

        SkipAssembly(&frame->Registers);
        return Locate(frame, false);
    }

    /// <summary>Goes to the caller as a debugger would, through handlers and the dispatcher.</summary>
    public static bool NextPlain(StackFrame* frame)
    {
        UnwindTables.Step(frame->Function, frame->ControlPc, &frame->Registers);
        SkipAssembly(&frame->Registers);
        return Locate(frame, false);
    }

    private static bool Locate(StackFrame* frame, bool isFault)
    {
        ulong rip = frame->Registers.Rip;
        frame->OriginalControlPc = rip;

        // A return address may be the first byte after the function, when its last instruction is the call.
        frame->ControlPc = isFault ? rip : rip - 1;
        if (!UnwindTables.Find(frame->ControlPc, out frame->Function))
        {
            return false;
        }

        bool hasFuncletFrame = frame->Function.IsFunclet || frame->Function.Clauses != null;
        frame->FramePointer = hasFuncletFrame ? frame->Registers.Rbp : 0;
        return true;
    }

    /// <summary>Steps over the assembly that calls funclets and resolves interface calls.</summary>
    private static void SkipAssembly(Registers* registers)
    {
        ImageLayout* image = ImageLayout.Get();
        ulong rip = registers->Rip;
        if (rip == image->CatchFuncletReturn || rip == image->FinallyFuncletReturn || rip == image->FilterFuncletReturn)
        {
            ulong* saved = (ulong*)registers->Rsp;
            registers->R15 = saved[1];
            registers->R14 = saved[2];
            registers->R13 = saved[3];
            registers->R12 = saved[4];
            registers->Rbp = saved[5];
            registers->Rbx = saved[6];
            Pop(registers, FuncletCallBytes);
        }

        SkipDispatch(registers);
    }

    private static void SkipDispatch(Registers* registers)
    {
        if (registers->Rip == ImageLayout.Get()->DispatchReturn)
        {
            Pop(registers, DispatchBytes);
        }
    }

    private static void Pop(Registers* registers, ulong bytes)
    {
        ulong returnAddress = registers->Rsp + bytes;
        registers->Rip = *(ulong*)returnAddress;
        registers->Rsp = returnAddress + 8;
    }
}

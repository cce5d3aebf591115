using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Interrupts;

/// <summary>
/// Why a division faulted: the processor has one exception for a divisor of zero and for a quotient that does not fit, as
/// that of the smallest number by -1 (Intel SDM 2A, IDIV; Instruction Format).
/// </summary>
internal static unsafe class Division
{
    private const byte OperandSizePrefix = 0x66;
    private const byte RexMask = 0xF0;
    private const byte Rex = 0x40;
    private const byte RexWide = 0x08;
    private const byte DivideBytes = 0xF6;

    // Fields of ModRM and SIB.
    private const int RegisterMode = 3;
    private const int SibFollows = 4;
    private const int NoIndex = 4;
    private const int NoBase = 5;

    /// <summary>Whether the divisor of the instruction that faulted is zero.</summary>
    public static bool HasZeroDivisor(InterruptFrame* frame)
    {
        byte* p = (byte*)frame->Rip;
        bool isShort = *p == OperandSizePrefix;
        p += isShort ? 1 : 0;
        int rex = (*p & RexMask) == Rex ? *p++ : 0;
        int opcode = *p++;
        int mode = *p >> 6;
        int field = *p++ & 7;
        byte* address = mode == RegisterMode
            ? (byte*)RegisterAt(frame, field | ((rex & 1) << 3))
            : MemoryAt(frame, p, rex, mode, field);
        if (mode == RegisterMode && opcode == DivideBytes && rex == 0 && field >= 4)
        {
            // AH, CH, DH and BH are the second bytes of the first four registers.
            address = (byte*)RegisterAt(frame, field - 4) + 1;
        }

        if (opcode == DivideBytes)
        {
            return *address == 0;
        }

        return (rex & RexWide) != 0 ? *(ulong*)address == 0 : isShort ? *(ushort*)address == 0 : *(uint*)address == 0;
    }

    private static byte* MemoryAt(InterruptFrame* frame, byte* p, int rex, int mode, int field)
    {
        ulong address = 0;
        if (field == SibFollows)
        {
            int sib = *p++;
            int index = ((sib >> 3) & 7) | ((rex & 2) << 2);
            address += index == NoIndex ? 0 : *RegisterAt(frame, index) << (sib >> 6);
            field = sib & 7;
            if (field == NoBase && mode == 0)
            {
                return (byte*)(address + (ulong)*(int*)p);
            }
        }
        else if (field == NoBase && mode == 0)
        {
            // Relative to the next instruction: no immediate follows.
            return p + 4 + *(int*)p;
        }

        address += *RegisterAt(frame, field | ((rex & 1) << 3));
        address += mode == 1 ? (ulong)*(sbyte*)p : mode == 2 ? (ulong)*(int*)p : 0;
        return (byte*)address;
    }

    /// <summary>Where the frame has a register, by the processor's number.</summary>
    private static ulong* RegisterAt(InterruptFrame* frame, int number) => number switch
    {
        0 => &frame->Rax,
        1 => &frame->Rcx,
        2 => &frame->Rdx,
        3 => &frame->Rbx,
        4 => &frame->Rsp,
        5 => &frame->Rbp,
        6 => &frame->Rsi,
        7 => &frame->Rdi,
        8 => &frame->R8,
        9 => &frame->R9,
        10 => &frame->R10,
        11 => &frame->R11,
        12 => &frame->R12,
        13 => &frame->R13,
        14 => &frame->R14,
        _ => &frame->R15,
    };
}

using System;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>Prints the registers of interrupted code.</summary>
internal static unsafe class RegisterDump
{
    public static void Print(InterruptFrame* frame)
    {
        Row("rip "u8, frame->Rip, "rsp "u8, frame->Rsp, "rflags "u8, frame->Rflags);
        Row("rax "u8, frame->Rax, "rbx "u8, frame->Rbx, "rcx    "u8, frame->Rcx);
        Row("rdx "u8, frame->Rdx, "rsi "u8, frame->Rsi, "rdi    "u8, frame->Rdi);
        Row("rbp "u8, frame->Rbp, "r8  "u8, frame->R8, "r9     "u8, frame->R9);
        Row("r10 "u8, frame->R10, "r11 "u8, frame->R11, "r12    "u8, frame->R12);
        Row("r13 "u8, frame->R13, "r14 "u8, frame->R14, "r15    "u8, frame->R15);
        Row("cr2 "u8, NativeCpu.ReadCr2(), "cr3 "u8, NativeCpu.ReadCr3(), "cs     "u8, frame->Cs);
    }

    /// <summary>Prints the registers that a call preserves, as they were at the panic.</summary>
    public static void Print(in Registers registers)
    {
        Row("rip "u8, registers.Rip, "rsp "u8, registers.Rsp, "rbp "u8, registers.Rbp);
        Row("rbx "u8, registers.Rbx, "r12 "u8, registers.R12, "r13 "u8, registers.R13);
        Row("r14 "u8, registers.R14, "r15 "u8, registers.R15, "cr3 "u8, NativeCpu.ReadCr3());
    }

    private static void Row(
        ReadOnlySpan<byte> name1, ulong value1, ReadOnlySpan<byte> name2, ulong value2, ReadOnlySpan<byte> name3, ulong value3)
    {
        Cell(name1, value1);
        Cell(name2, value2);
        Cell(name3, value3);
        PanicWriter.Text("\n"u8);
    }

    private static void Cell(ReadOnlySpan<byte> name, ulong value)
    {
        PanicWriter.Text("  "u8);
        PanicWriter.Text(name);
        PanicWriter.Hex(value);
    }
}

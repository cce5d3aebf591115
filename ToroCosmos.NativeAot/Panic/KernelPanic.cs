using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Threading;
using ToroCosmos.NativeAot.Console;
using ToroCosmos.NativeAot.Exceptions;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Power;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>
/// The end of a kernel that cannot go on: says why, on which core, with which registers and called by whom, and ends
/// the machine with a failing exit code. Allocates nothing.
/// </summary>
internal static unsafe class KernelPanic
{
    private const int ExitCode = 1;

    private static int s_panicking;

    /// <summary>Whether some core is panicking; the others halt at their next non-maskable interrupt.</summary>
    public static bool IsUnderWay => Volatile.Read(ref s_panicking) != 0;

    /// <summary>Panics at the place of the call.</summary>
    [DoesNotReturn]
    public static void Raise(ReadOnlySpan<byte> reason)
    {
        Registers registers = default;
        ExceptionExports.CaptureRegisters(&registers);
        Begin();
        PanicWriter.Text(reason);
        PanicWriter.Text("\n"u8);
        End(registers);
    }

    /// <summary>Panics because of a processor exception.</summary>
    [DoesNotReturn]
    public static void Fault(InterruptFrame* frame, ReadOnlySpan<byte> reason, ulong faultAddress, bool hasAddress)
    {
        Begin();
        PanicWriter.Text(reason);
        if (hasAddress)
        {
            PanicWriter.Text(" at address "u8);
            PanicWriter.Hex(faultAddress);
        }

        PanicWriter.Text(" (vector "u8);
        PanicWriter.Decimal(frame->Vector);
        PanicWriter.Text(", error code "u8);
        PanicWriter.Hex(frame->ErrorCode);
        PanicWriter.Text(")\n"u8);
        if (frame->Vector == MachineChecks.Vector)
        {
            MachineChecks.Print();
        }

        RegisterDump.Print(frame);
        Registers registers = default;
        registers.Rip = frame->Rip;
        registers.Rsp = frame->Rsp;
        registers.Rbx = frame->Rbx;
        registers.Rbp = frame->Rbp;
        registers.R12 = frame->R12;
        registers.R13 = frame->R13;
        registers.R14 = frame->R14;
        registers.R15 = frame->R15;
        Backtrace.Print(registers, true);
        MachinePower.Off(ExitCode);
    }

    /// <summary>Starts the report of a panic: what is printed from here on belongs to it.</summary>
    /// <remarks>Every panic comes through here; the short name is for breakpoints.</remarks>
    [RuntimeExport("ToroPanic")]
    public static void Begin()
    {
        Cpu.DisableInterrupts();
        bool first = Interlocked.CompareExchange(ref s_panicking, 1, 0) == 0;
        CoreBlock* core = CoreBlock.Current();
        core->PanicDepth++;
        if (core->PanicDepth > 2)
        {
            MachinePower.Off(ExitCode);
        }

        if (!first && core->PanicDepth == 1)
        {
            // Another core came first; its report is the one to read.
            while (true)
            {
                Cpu.DisableInterruptsAndHalt();
            }
        }

        if (core->PanicDepth == 1)
        {
            Cores.StopOthers();
            Terminal.TakeOver();
        }

        PanicWriter.Text(core->PanicDepth == 1 ? "\nPANIC on core "u8 : "\nPANIC while panicking on core "u8);
        PanicWriter.Decimal((ulong)core->Id);
        NameThread(core);
        PanicWriter.Text(": "u8);
    }

    /// <summary>Names the thread, unless it is the core's own.</summary>
    private static void NameThread(CoreBlock* core)
    {
        ThreadBlock* thread = core->Thread;
        if (thread == &core->OwnThread)
        {
            return;
        }

        PanicWriter.Text(" in thread "u8);
        PanicWriter.Decimal((ulong)thread->Number);
        string? name = ThreadObject.Name(thread);
        if (name != null)
        {
            PanicWriter.Text(" \""u8);
            PanicWriter.Text(name);
            PanicWriter.Text("\""u8);
        }
    }

    /// <summary>Prints the registers and the backtrace of a call, and ends the machine.</summary>
    [DoesNotReturn]
    public static void End(in Registers registers)
    {
        RegisterDump.Print(registers);
        Backtrace.Print(registers, false);
        MachinePower.Off(ExitCode);
    }
}

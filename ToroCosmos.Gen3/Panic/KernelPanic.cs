using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using ToroCosmos.Gen3.Console;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Power;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.Gen3.Panic;

/// <summary>
/// The end of a kernel that cannot go on, on whichever core: stops all others, says why, and ends the machine with a
/// failing exit code. Allocates nothing.
/// </summary>
internal static unsafe class KernelPanic
{
    private const int ExitCode = 1;
    private const ulong PageFault = 14;

    private static int s_panicking;

    /// <summary>Whether some core is panicking; the others halt at their next non-maskable interrupt.</summary>
    public static bool IsUnderWay => Volatile.Read(ref s_panicking) != 0;

    /// <summary>Panics for a reason that Cosmos gives.</summary>
    [DoesNotReturn]
    public static void Raise(string? reason, string? detail)
    {
        Begin();
        PanicWriter.Text(reason);
        if (detail != null)
        {
            PanicWriter.Text(": "u8);
            PanicWriter.Text(detail);
        }

        PanicWriter.Text("\n"u8);
        MachinePower.Off(ExitCode);
    }

    /// <summary>Panics because of a processor exception.</summary>
    [DoesNotReturn]
    public static void Fault(InterruptFrame* frame, ReadOnlySpan<byte> reason, ulong faultAddress)
    {
        Begin();
        PanicWriter.Text(reason);
        if (frame->Vector == PageFault)
        {
            PanicWriter.Text(" at address "u8);
            PanicWriter.Hex(faultAddress);
        }

        PanicWriter.Text(" (vector "u8);
        PanicWriter.Decimal(frame->Vector);
        PanicWriter.Text(", error code "u8);
        PanicWriter.Hex(frame->ErrorCode);
        PanicWriter.Text(")\n"u8);
        Register("  rip "u8, frame->Rip);
        Register("  rsp "u8, frame->Rsp);
        Register("  rbp "u8, frame->Rbp);
        Register("  flags "u8, frame->Rflags);
        PanicWriter.Text("\n"u8);
        MachinePower.Off(ExitCode);
    }

    private static void Begin()
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
        PanicWriter.Text(": "u8);
    }

    private static void Register(ReadOnlySpan<byte> name, ulong value)
    {
        PanicWriter.Text(name);
        PanicWriter.Hex(value);
    }
}

using System;
using ToroCosmos.NativeAot.Boot;
using ToroCosmos.NativeAot.Exceptions;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>Prints who called whom.</summary>
internal static unsafe class Backtrace
{
    private const int MostFrames = 48;

    /// <param name="registers">Where to begin.</param>
    /// <param name="isFault">Whether the instruction pointer is that of a faulting instruction, not a return address.</param>
    public static void Print(in Registers registers, bool isFault)
    {
        PanicWriter.Text("Backtrace:\n"u8);
        Registers current = registers;
        ImageLayout* image = ImageLayout.Get();
        int count = 0;

        // Assembly has no unwind information; its leaves have their return address on top of the stack.
        while (!UnwindTables.Find(isFault ? current.Rip : current.Rip - 1, out _))
        {
            PrintFrame(count++, current.Rip, isFault);
            if (count > 2 || current.Rip < image->TextStart || current.Rip >= image->TextEnd || !isFault)
            {
                return;
            }

            current.Rip = *(ulong*)current.Rsp;
            current.Rsp += 8;
            isFault = false;
        }

        StackFrame frame = default;
        for (bool more = StackWalk.Begin(&frame, current, isFault); more && count < MostFrames; count++)
        {
            PrintFrame(count, frame.OriginalControlPc, isFault && count == 0);
            more = StackWalk.NextPlain(&frame);
        }
    }

    private static void PrintFrame(int number, ulong address, bool isFault)
    {
        PanicWriter.Text("  #"u8);
        PanicWriter.Decimal((ulong)number);
        PanicWriter.Text(" "u8);
        PanicWriter.Hex(address);
        if (SymbolTable.Find(isFault ? address : address - 1, out byte* name, out int length, out ulong start))
        {
            PanicWriter.Text(" "u8);
            PanicWriter.Text(new ReadOnlySpan<byte>(name, length));
            PanicWriter.Text(" + "u8);
            PanicWriter.Decimal(address - start);
        }

        PanicWriter.Text("\n"u8);
    }
}

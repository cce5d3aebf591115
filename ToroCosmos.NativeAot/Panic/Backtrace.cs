using System;
using ToroCosmos.NativeAot.Exceptions;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Panic;

/// <summary>Prints who called whom, and where in the source as far as the kernel knows.</summary>
internal static unsafe class Backtrace
{
    private const int MaximumFrames = 48;

    /// <param name="registers">Where to begin.</param>
    /// <param name="isFault">Whether the instruction pointer is that of a faulting instruction, not a return address.</param>
    public static void Print(in Registers registers, bool isFault)
    {
        PanicWriter.Text("Backtrace:\n"u8);
        Registers current = registers;
        int count = 0;

        // Assembly has no unwind information, and a wild call leads to no code at all; both have their return address on
        // top of the stack.
        if (isFault && !UnwindTables.Find(current.Rip, out _))
        {
            PrintFrame(count++, current.Rip, true);
            if (!PageTables.IsMapped(current.Rsp))
            {
                return;
            }

            current.Rip = *(ulong*)current.Rsp;
            current.Rsp += 8;
            isFault = false;
        }

        StackFrame frame = default;
        ulong last = 0;
        ulong repeated = 0;
        for (bool more = StackWalk.Begin(&frame, current, isFault); more && count < MaximumFrames;)
        {
            ulong address = frame.OriginalControlPc;
            if (address == last)
            {
                repeated++;
            }
            else
            {
                PrintRepeated(repeated);
                repeated = 0;
                PrintFrame(count, address, isFault && count == 0);
                count++;
            }

            last = address;
            more = PageTables.IsMapped(frame.Registers.Rsp) && StackWalk.NextPlain(&frame);
        }

        PrintRepeated(repeated);
    }

    private static void PrintRepeated(ulong times)
    {
        if (times > 0)
        {
            PanicWriter.Text("     the same "u8);
            PanicWriter.Decimal(times);
            PanicWriter.Text(times == 1 ? " time more\n"u8 : " times more\n"u8);
        }
    }

    private static void PrintFrame(int number, ulong address, bool isFault)
    {
        PanicWriter.Text("  #"u8);
        PanicWriter.Decimal((ulong)number);
        PanicWriter.Text(" "u8);
        PanicWriter.Hex(address);
        // A return address may belong to the next line, or to the next function.
        ulong instruction = isFault ? address : address - 1;
        if (SymbolTable.Find(instruction, out ReadOnlySpan<byte> name, out ulong start))
        {
            PanicWriter.Text(" "u8);
            PanicWriter.Text(name);
            PanicWriter.Text(" + "u8);
            PanicWriter.Decimal(address - start);
        }

        if (LineTable.Find(instruction, out ReadOnlySpan<byte> file, out ulong line))
        {
            PanicWriter.Text(" at "u8);
            PanicWriter.Text(file);
            PanicWriter.Text(":"u8);
            PanicWriter.Decimal(line);
        }

        PanicWriter.Text("\n"u8);
    }
}

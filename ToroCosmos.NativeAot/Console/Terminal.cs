using System;
using System.Runtime;
using System.Threading;
using ToroCosmos.NativeAot.Handover;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.Platform;

namespace ToroCosmos.NativeAot.Console;

/// <summary>Everything the kernel prints: the serial port and the screen, a line at a time. Works before the heap.</summary>
internal static unsafe class Terminal
{
    private const uint LargestSide = 16384;

    private static Processor.SpinLock s_lock;
    private static EscapeSequences s_sequences;

    /// <summary>Whether a panic has taken it over; only its core still runs.</summary>
    private static bool s_isTakenOver;

    /// <summary>Starts with the serial port alone.</summary>
    public static void InitializeSerial() => MachineSerialPort.Initialize();

    /// <summary>Adds the screen, once memory can be mapped.</summary>
    public static void InitializeScreen()
    {
        FramebufferInformation* framebuffer = null;
        fixed (FramebufferInformation* information = &BootInformation.Framebuffer)
        {
            framebuffer = information;
        }

        if (framebuffer->Address != 0 && framebuffer->Width <= LargestSide && framebuffer->Height <= LargestSide
            && framebuffer->Pitch >= framebuffer->Width * 4 && framebuffer->Pitch <= LargestSide * 4
            && MapScreen(framebuffer->Address, (ulong)framebuffer->Pitch * framebuffer->Height, PageTables.WriteCombining))
        {
            FramebufferScreen.Initialize();
        }
        else if (BootInformation.HasTextScreen && MapScreen(TextScreen.Address, TextScreen.Bytes, PageTables.Uncached))
        {
            TextScreen.Initialize();
        }
    }

    /// <summary>Prints one line, whole. In a panic only its core still runs, which has taken the lock over.</summary>
    [RuntimeExport("ToroConsoleWriteLine")]
    public static void WriteLine(byte* text, int length)
    {
        bool locks = !Volatile.Read(ref s_isTakenOver);
        if (locks)
        {
            s_lock.Enter();
        }

        Put(text, length);
        PutLineBreak();
        if (locks)
        {
            s_lock.Exit();
        }
    }

    /// <summary>Prints text as it is, for <c>System.Console</c>-like streams; line breaks get their carriage return.</summary>
    public static void Write(byte* text, int length)
    {
        s_lock.Enter();
        for (int i = 0; i < length; i++)
        {
            if (text[i] == '\n')
            {
                PutLineBreak();
            }
            else
            {
                Put(text + i, 1);
            }
        }

        s_lock.Exit();
    }

    /// <summary>Prints in a panic, after <see cref="TakeOver"/>.</summary>
    public static void WriteUnlocked(ReadOnlySpan<byte> text)
    {
        fixed (byte* p = text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (p[i] == '\n')
                {
                    PutLineBreak();
                }
                else
                {
                    Put(p + i, 1);
                }
            }
        }
    }

    /// <summary>Begins a panic: waits for the lock no longer than a healthy holder needs, then goes ahead.</summary>
    public static void TakeOver()
    {
        s_lock.TryEnter(1_000_000);
        Volatile.Write(ref s_isTakenOver, true);
    }

    private static void Put(byte* text, int length)
    {
        for (int i = 0; i < length; i++)
        {
            MachineSerialPort.Write(text[i]);
            if (!s_sequences.Take(text[i]))
            {
                TextScreen.Write(text[i]);
                FramebufferScreen.Write(text[i]);
            }
        }
    }

    private static void PutLineBreak()
    {
        MachineSerialPort.Write((byte)'\r');
        MachineSerialPort.Write((byte)'\n');
        TextScreen.Write((byte)'\n');
        FramebufferScreen.Write((byte)'\n');
    }

    /// <summary>Maps a screen's memory, unless it overlaps the machine's.</summary>
    internal static bool MapScreen(ulong address, ulong bytes, ulong caching) =>
        !MemoryMap.Overlaps(address, address + bytes)
        && PageTables.Map(address, address + bytes, PageTables.Writable | PageTables.NoExecute | caching);
}

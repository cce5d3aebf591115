using System;
using System.Runtime;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Gen3.Console;

/// <summary>
/// The first serial port, a line at a time. Cosmos writes its own log there too, without a lock, unless the kernel's project
/// says CosmosEnableUART=false.
/// </summary>
internal static unsafe class Terminal
{
    /// <summary>Looks before a panic goes on without the lock: far more than a line takes.</summary>
    private const int Patience = 1_000_000;

    private static int s_isWriting;

    /// <summary>Whether a panic has taken it over; only its core still runs.</summary>
    private static bool s_isTakenOver;

    /// <summary>Prints one line, whole. No other thread of Cosmos, and no interrupt, comes between its characters.</summary>
    [RuntimeExport("ToroConsoleWriteLine")]
    public static void WriteLine(byte* text, int length)
    {
        bool enabled = Cpu.AreInterruptsEnabled();
        bool locks = !Volatile.Read(ref s_isTakenOver);
        Cpu.DisableInterrupts();
        if (locks)
        {
            while (Interlocked.CompareExchange(ref s_isWriting, 1, 0) != 0)
            {
                Cpu.Pause();
            }
        }

        for (int i = 0; i < length; i++)
        {
            MachineSerialPort.Write(text[i]);
        }

        MachineSerialPort.Write((byte)'\r');
        MachineSerialPort.Write((byte)'\n');
        if (locks)
        {
            Volatile.Write(ref s_isWriting, 0);
        }

        if (enabled)
        {
            Cpu.EnableInterrupts();
        }
    }

    /// <summary>Prints in a panic, after <see cref="TakeOver"/>.</summary>
    public static void WriteUnlocked(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                MachineSerialPort.Write((byte)'\r');
            }

            MachineSerialPort.Write(text[i]);
        }
    }

    /// <summary>Begins a panic: waits for the lock no longer than a healthy holder needs, then goes ahead.</summary>
    public static void TakeOver()
    {
        for (int i = 0; i < Patience && Interlocked.CompareExchange(ref s_isWriting, 1, 0) != 0; i++)
        {
            Cpu.Pause();
        }

        Volatile.Write(ref s_isTakenOver, true);
    }
}

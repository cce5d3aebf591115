using Cosmos.System;
using IL2CPU.API.Attribs;
using ToroCosmos.Hardware;

namespace ToroCosmos.Plugs;

/// <summary>
/// The first serial port and Cosmos' text screen, a line at a time. The lock does not cover what a kernel prints with
/// <c>System.Console</c>.
/// </summary>
[Plug(Target = typeof(MachineConsole))]
public static unsafe class MachineConsolePlugs
{
    private const ushort Data = 0x3F8;
    private const ushort InterruptEnable = Data + 1;
    private const ushort FifoControl = Data + 2;
    private const ushort LineControl = Data + 3;
    private const ushort ModemControl = Data + 4;
    private const ushort LineStatus = Data + 5;
    private const byte DivisorLatch = 0x80;
    private const byte EightBits = 0x03;
    private const byte TransmitterEmpty = 0x20;

    /// <summary>Reads of the line status before a character is given up: far more than 115200 baud needs.</summary>
    private const int MostWaits = 1_000_000;

    private static KernelLock s_lock;
    private static bool s_initialized;

    /// <summary>Prints one line, whole.</summary>
    public static void WriteLine(byte* text, int length)
    {
        fixed (KernelLock* consoleLock = &s_lock)
        {
            KernelLock.Enter(consoleLock);
            if (!s_initialized)
            {
                Initialize();
                s_initialized = true;
            }

            Console screen = Global.Console;
            for (int i = 0; i < length; i++)
            {
                Send(text[i]);
                screen?.Write(text[i]);
            }

            Send((byte)'\r');
            Send((byte)'\n');
            if (screen != null)
            {
                // A column beyond the last begins the next line.
                screen.CachedX = screen.Cols;
                screen.UpdateCursorFromCache();
            }

            KernelLock.Exit(consoleLock);
        }
    }

    private static void Initialize()
    {
        Port.Write8(InterruptEnable, 0);
        Port.Write8(LineControl, DivisorLatch);
        Port.Write8(Data, 1);
        Port.Write8(InterruptEnable, 0);
        Port.Write8(LineControl, EightBits);
        Port.Write8(FifoControl, 0x07);
        Port.Write8(ModemControl, 0x03);
    }

    private static void Send(byte character)
    {
        for (int i = 0; i < MostWaits && (Port.Read8(LineStatus) & TransmitterEmpty) == 0; i++)
        {
        }

        Port.Write8(Data, character);
    }
}

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
                SerialPort.Initialize();
                s_initialized = true;
            }

            Console screen = Global.Console;
            for (int i = 0; i < length; i++)
            {
                SerialPort.Write(text[i]);
                screen?.Write(text[i]);
            }

            SerialPort.Write((byte)'\r');
            SerialPort.Write((byte)'\n');
            if (screen != null)
            {
                // A column beyond the last begins the next line.
                screen.CachedX = screen.Cols;
                screen.UpdateCursorFromCache();
            }

            KernelLock.Exit(consoleLock);
        }
    }
}

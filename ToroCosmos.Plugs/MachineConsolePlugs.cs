using Cosmos.System;
using IL2CPU.API.Attribs;
using ToroCosmos.Platform;

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
            Initialize();
            for (int i = 0; i < length; i++)
            {
                Put(text[i]);
            }

            EndLine();
            KernelLock.Exit(consoleLock);
        }
    }

    /// <summary>For a panic, when the other cores are stopped: begins a new line in the midst of what they printed.</summary>
    internal static void TakeOver()
    {
        Initialize();
        EndLine();
    }

    /// <summary>Prints a character, without the lock.</summary>
    internal static void Put(byte character)
    {
        MachineSerialPort.Write(character);
        Global.Console?.Write(character);
    }

    /// <summary>Ends a line, without the lock.</summary>
    internal static void EndLine()
    {
        MachineSerialPort.Write((byte)'\r');
        MachineSerialPort.Write((byte)'\n');
        Console? screen = Global.Console;
        if (screen != null)
        {
            // A column beyond the last begins the next line.
            screen.CachedX = screen.Cols;
            screen.UpdateCursorFromCache();
        }
    }

    private static void Initialize()
    {
        if (!s_initialized)
        {
            MachineSerialPort.Initialize();
            s_initialized = true;
        }
    }
}

using System.Threading;
using ToroCosmos.Platform;

namespace ToroCosmos.NativeAot.Console;

/// <summary>
/// What is typed at the serial port: kept until somebody reads it. Ctrl-C is no input but a signal, unless a program takes
/// it for one. The port is looked at when a program reads or writes.
/// </summary>
internal static unsafe class TerminalInput
{
    private const int Capacity = 1024;
    private const byte ControlC = 0x03;

    private static Processor.SpinLock s_lock;
    private static Ring s_ring;
    private static uint s_read;
    private static uint s_written;
    private static int s_interrupts;

    [System.Runtime.CompilerServices.InlineArray(Capacity)]
    private struct Ring
    {
        private byte _first;
    }

    /// <summary>Whether Ctrl-C is a signal.</summary>
    public static bool SignalsInterrupt { get; set; } = true;

    /// <summary>Whether there is something to read.</summary>
    public static bool IsReady
    {
        get
        {
            Poll();
            return Volatile.Read(ref s_read) != Volatile.Read(ref s_written);
        }
    }

    /// <summary>Takes what was typed, without waiting.</summary>
    /// <returns>How many characters there were.</returns>
    public static int Take(byte* buffer, int length)
    {
        Poll();
        s_lock.Enter();
        int count = 0;
        while (count < length && s_read != s_written)
        {
            buffer[count++] = s_ring[(int)(s_read++ % Capacity)];
        }

        s_lock.Exit();
        return count;
    }

    /// <summary>Whether Ctrl-C was typed since the last question.</summary>
    public static bool TakeInterrupt() => Volatile.Read(ref s_interrupts) != 0 && Interlocked.Exchange(ref s_interrupts, 0) != 0;

    /// <summary>Keeps what has arrived at the port; what is more than fits is lost.</summary>
    public static void Poll()
    {
        s_lock.Enter();
        while (MachineSerialPort.TryRead(out byte character))
        {
            if (character == ControlC && SignalsInterrupt)
            {
                s_interrupts = 1;
            }
            else if (s_written - s_read < Capacity)
            {
                // Return is a line feed, as at any terminal.
                s_ring[(int)(s_written++ % Capacity)] = character == '\r' ? (byte)'\n' : character;
            }
        }

        s_lock.Exit();
    }
}

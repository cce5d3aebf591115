using System.Runtime;
using ToroCosmos.NativeAot.Console;
using ToroCosmos.Power;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// Signals: there is one, Ctrl-C at the terminal. A program hears of it by <c>Console.CancelKeyPress</c>, and without that the
/// machine ends.
/// </summary>
internal static unsafe class Signals
{
    // The class library's numbers of signals, and those of Linux.
    private const int Interrupt = -2;
    private const int InterruptNumber = 2;
    private const int Largest = 64;

    private static delegate* unmanaged<int, int, int> s_handler;
    private static bool s_handles;

    /// <summary>Tells the program of a Ctrl-C that was typed.</summary>
    public static void Deliver()
    {
        if (!TerminalInput.TakeInterrupt())
        {
            return;
        }

        if (!s_handles || s_handler == null || s_handler(InterruptNumber, Interrupt) == 0)
        {
            EndByDefault(InterruptNumber);
        }
    }

    [RuntimeExport("SystemNative_SetPosixSignalHandler")]
    private static void SetHandler(delegate* unmanaged<int, int, int> handler) => s_handler = handler;

    [RuntimeExport("SystemNative_EnablePosixSignalHandling")]
    private static int Enable(int number)
    {
        s_handles |= number == InterruptNumber;
        return 1;
    }

    [RuntimeExport("SystemNative_DisablePosixSignalHandling")]
    private static void Disable(int number) => s_handles &= number != InterruptNumber;

    /// <summary>What happens when no handler of the program has cancelled the signal.</summary>
    [RuntimeExport("SystemNative_HandleNonCanceledPosixSignal")]
    private static void EndByDefault(int number)
    {
        if (number == InterruptNumber)
        {
            MachinePower.Off(InterruptNumber);
        }
    }

    [RuntimeExport("SystemNative_GetPlatformSignalNumber")]
    private static int NumberOf(int signal) => signal switch
    {
        -1 => 1,        // SIGHUP
        Interrupt => InterruptNumber,
        -3 => 3,        // SIGQUIT
        -4 => 15,       // SIGTERM
        -5 => 17,       // SIGCHLD
        -6 => 18,       // SIGCONT
        -7 => 28,       // SIGWINCH
        -8 => 21,       // SIGTTIN
        -9 => 22,       // SIGTTOU
        -10 => 20,      // SIGTSTP
        _ => signal is > 0 and <= Largest ? signal : 0,
    };
}

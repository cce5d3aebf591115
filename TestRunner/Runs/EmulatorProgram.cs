using System;
using System.ComponentModel;
using System.Diagnostics;
using TestRunner.Machines;

namespace TestRunner.Runs;

/// <summary>The program of an emulator, as every hypervisor starts and ends it.</summary>
internal static class EmulatorProgram
{
    /// <summary>Starts it.</summary>
    /// <exception cref="MachineException">It could not be started.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new MachineException($"'{start.FileName}' could not be started.");
        }
        catch (Win32Exception exception)
        {
            throw new MachineException($"'{start.FileName}' could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>Ends it by its own id, if it has not ended by itself.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}

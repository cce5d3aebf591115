using System;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <summary>An MPI program: this process is a rank that mpirun has started.</summary>
public static class MpiProgram
{
    private const int Failed = 1;
    private const nint StandardOutput = 1;

    private static Communicator? s_world;
    private static Stream? s_output;

    /// <summary>The communicator of all ranks.</summary>
    internal static Communicator World =>
        s_world ?? throw new InvalidOperationException("Communicator.World is for code that MpiProgram.Run runs.");

    /// <summary>Prints a line. Lines of different ranks come in any order.</summary>
    /// <remarks>Past <see cref="Console"/>, which would first set up the terminal that a launcher gives each rank.</remarks>
    public static void WriteLine(string line)
    {
        s_output ??= new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        s_output.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    /// <summary>Runs a function as this process' rank. Once.</summary>
    /// <param name="arguments">The command line: nothing of it is for MPI; mpirun says how many ranks there are.</param>
    /// <param name="main">What each rank does. An exception that leaves it ends the program on all ranks.</param>
    /// <returns>The program's exit code.</returns>
    public static int Run(string[] arguments, Action<Communicator> main)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(main);
        MpiProcess process = new();
        Communicator.Check(MpiProcess.Init(), "MPI_Init");
        try
        {
            s_world = new Communicator(process, MpiComm.World);
            main(s_world);
        }
        catch (Exception failure)
        {
            Console.Error.WriteLine("MPI: " + failure.Message);
            _ = process.Abort(MpiComm.World, Failed);
            return Failed;
        }

        Communicator.Check(process.Finalize(), nameof(process.Finalize));
        return 0;
    }
}

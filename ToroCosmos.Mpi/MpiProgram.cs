using System;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Measurement;
using ToroCosmos.Smp.Startup;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.Mpi;

/// <summary>An MPI program: a kernel with a rank on each core.</summary>
public static unsafe class MpiProgram
{
    private const string RanksPrefix = "ranks=";
    private const int Failed = 1;
    private const int BadUsage = 2;
    private const int RankAlignment = 64;

    private static Communicator?[]? s_worlds;
    private static MpiWorld? s_world;
    private static Action<Communicator>? s_main;
    private static int s_exitCode;

    /// <summary>The communicator of all ranks, as this core's rank sees it.</summary>
    /// <exception cref="InvalidOperationException">This core has no rank.</exception>
    internal static Communicator World =>
        (s_worlds != null && Cores.Current < s_worlds.Length ? s_worlds[Cores.Current] : null)
        ?? throw new InvalidOperationException("Communicator.World is for code that MpiProgram.Run runs.");

    /// <summary>Prints a line. Lines of different ranks do not mix; they come in any order.</summary>
    public static void WriteLine(string line) => MachineConsole.WriteLine(line);

    /// <summary>Runs a function on every rank, and returns when all have ended it. Once, on the boot core.</summary>
    /// <param name="arguments">The kernel's command line: <c>ranks=N</c> says how many, on the first cores; else all cores.</param>
    /// <param name="main">What each rank does. An exception that leaves it ends the program on all ranks.</param>
    /// <param name="options">The sizes; null for the defaults.</param>
    /// <returns>
    /// The program's exit code: 0; what <see cref="Communicator.Abort"/> was given; 1 when a rank failed, or the machine has
    /// not the memory; 2 when it has not the cores. The reason is printed.
    /// </returns>
    public static int Run(string[] arguments, Action<Communicator> main, MpiOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(main);
        StartReport report = Cores.Start();
        if (report.Status != StartStatus.Ok)
        {
            WriteLine("MPI: the other processors cannot be started: " + StartText.Of(report.Status));
        }

        _ = WaitMeasurement.Tune();
        if (!TryReadRanks(arguments, out int ranks))
        {
            return BadUsage;
        }

        if (!MachineBus.Start(new BusOptions { QueueSize = 32 }) || !TryMakeWorld(ranks, options ?? new MpiOptions()))
        {
            WriteLine("MPI: out of memory; give the machine more, or the program fewer ranks");
            return Failed;
        }

        s_main = main;
        s_worlds = new Communicator?[ranks];
        Cores.RunOnAll(RunRank);
        return s_exitCode;
    }

    private static bool TryReadRanks(string[] arguments, out int ranks)
    {
        ranks = Cores.Count;
        foreach (string argument in arguments)
        {
            if (argument.StartsWith(RanksPrefix, StringComparison.Ordinal)
                && (!int.TryParse(argument.AsSpan(RanksPrefix.Length), out ranks) || ranks < 1 || ranks > Cores.Count))
            {
                WriteLine("MPI: " + argument + ": there is a rank for each core, from 1 to " + Cores.Count);
                return false;
            }
        }

        return true;
    }

    private static bool TryMakeWorld(int ranks, MpiOptions options)
    {
        options = options.With(Cores.Lengths, new MachineMemory());
        nuint bytes = MpiWorld.RequiredBytes(MachineBus.Bus, ranks, options);
        byte* memory = PhysicalMemory.Allocate(bytes, RankAlignment);
        if (memory == null)
        {
            return false;
        }

        s_world = new MpiWorld(MachineBus.Bus, ranks, memory, bytes, Cores.Sleep!, options);
        return true;
    }

    private static void RunRank(int core)
    {
        if (core >= s_world!.Size)
        {
            return;
        }

        MpiProcess process = s_world.Process(core);
        _ = MachineBus.Current.InitializeQueues();
        try
        {
            Communicator world = new(process, MpiComm.World);
            s_worlds![core] = world;
            s_main!(world);
            Communicator.Check(process.Finalize(), nameof(process.Finalize));
        }
        catch (Exception failure)
        {
            // What follows an abort is no news.
            if (!process.IsAborted)
            {
                WriteLine("MPI: rank " + core + ": " + failure.Message);
                _ = process.Abort(MpiComm.World, Failed);
            }
        }

        process.Leave();
        if (process.IsAborted)
        {
            s_exitCode = process.AbortCode;
        }
    }
}

using System;
using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// Faults that a panic must report. The command line of a CD image is fixed: the machine asks for a fault by having a
/// serial port that machines do not have, each fault by another one.
/// </summary>
internal static unsafe class Faults
{
    private const ushort UnmappedPort = 0x2E0;
    private const ushort StackPort = 0x2D0;
    private const ushort BootCorePort = 0x2C0;
    private const ushort CosmosPort = 0x2B0;
    private const ushort ExceptionPort = 0x2A0;
    private const ushort Scratch = 7;

    /// <summary>Nothing is mapped there in any kernel.</summary>
    private const ulong UnmappedAddress = 0x4000_0000_0000;

    /// <summary>How many cores print.</summary>
    private static int s_printing;

    /// <summary>Commits the fault that the machine asks for; returns when there is none.</summary>
    public static void CommitWanted()
    {
        bool unmapped = IsWanted(UnmappedPort);
        bool stack = IsWanted(StackPort);
        bool onBootCore = IsWanted(BootCorePort);
        bool ofCosmos = IsWanted(CosmosPort);
        bool exception = IsWanted(ExceptionPort);
        if (!unmapped && !stack && !onBootCore && !ofCosmos && !exception)
        {
            return;
        }

        Cores.Start();
        int last = Cores.Count - 1;
        if (onBootCore || ofCosmos)
        {
            // The others are busy: only an interrupt that cannot be masked stops them.
            for (int core = 1; core <= last; core++)
            {
                Cores.Run(core, &PrintForever);
            }

            while (Volatile.Read(ref s_printing) < last)
            {
                Cpu.Pause();
            }

            if (onBootCore)
            {
                Write(0);
            }

            Cosmos.Kernel.Core.Panic.Halt("on purpose");
        }
        else if (unmapped)
        {
            Cores.Run(last, &Write);
        }
        else if (stack)
        {
            Cores.Run(last, &Fall);
        }
        else
        {
            Cores.Run(last, &Throw);
        }

        Cores.JoinAll();
    }

    private static bool IsWanted(ushort port)
    {
        Port.Write8((ushort)(port + Scratch), 0xA5);
        return Port.Read8((ushort)(port + Scratch)) == 0xA5;
    }

    private static void Write(int core) => *(int*)UnmappedAddress = core;

    private static void Throw(int core) => throw new InvalidOperationException("on purpose");

    private static void Fall(int core) => FallFrom(core);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FallFrom(int depth) => FallFrom(depth + 1) + depth;

    private static void PrintForever(int core)
    {
        MachineConsole.WriteLine("running"u8);
        Interlocked.Increment(ref s_printing);
        while (true)
        {
            MachineConsole.WriteLine("still running"u8);
        }
    }
}

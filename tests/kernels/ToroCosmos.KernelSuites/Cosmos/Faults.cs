using System;
using Cosmos.Core.Memory;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>
/// Faults that a panic must report. A Cosmos kernel gets no command line: the machine asks for a fault by having a serial
/// port that machines do not have, each fault by another one.
/// </summary>
internal static unsafe class Faults
{
    private const ushort InvalidOpcodePort = 0x2E0;
    private const ushort EscapedExceptionPort = 0x2D0;
    private const ushort BootCorePort = 0x2C0;
    private const ushort CollectionPort = 0x2B0;
    private const ushort Scratch = 7;

    /// <summary>Commits the fault that the machine asks for; returns when there is none.</summary>
    public static void CommitWanted()
    {
        bool onBootCore = IsWanted(BootCorePort);
        bool invalid = IsWanted(InvalidOpcodePort);
        bool escaped = IsWanted(EscapedExceptionPort);
        bool collection = IsWanted(CollectionPort);
        if (!onBootCore && !invalid && !escaped && !collection)
        {
            return;
        }

        Cores.Start();
        int last = Cores.Count - 1;
        if (onBootCore)
        {
            // The others are busy: only an interrupt that cannot be masked stops them.
            for (int core = 1; core <= last; core++)
            {
                Cores.Run(core, &PrintForever);
            }

            RunGarbage(0);
        }
        else if (invalid)
        {
            Cores.Run(last, &RunGarbage);
        }
        else if (escaped)
        {
            Cores.Run(last, &Throw);
        }
        else
        {
            Cores.Run(last, &Collect);
        }

        Cores.JoinAll();
    }

    private static bool IsWanted(ushort port)
    {
        Port.Write8((ushort)(port + Scratch), 0xA5);
        return Port.Read8((ushort)(port + Scratch)) == 0xA5;
    }

    private static void RunGarbage(int core)
    {
        // UD2.
        ushort garbage = 0x0B0F;
        ((delegate*<void>)&garbage)();
    }

    private static void Throw(int core) => throw new InvalidOperationException("on purpose");

    private static void Collect(int core) => Heap.Collect();

    private static void PrintForever(int core)
    {
        while (true)
        {
            MachineConsole.WriteLine("still running"u8);
        }
    }
}

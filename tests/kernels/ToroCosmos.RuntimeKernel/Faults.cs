using System;
using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.RuntimeKernel;

/// <summary>Ways to break a kernel that must end in a panic that says what happened.</summary>
internal static unsafe class Faults
{
    private const byte Vector = 0x45;

    public static int Commit(string name)
    {
        switch (name)
        {
            case "wild-read":
                return *(int*)0x7000_0000_0000;
            case "low-memory":
                return *(int*)0x2_0000;
            case "nested-interrupts":
                Interrupts.SetHandler(Vector, &InterruptItself);
                Cores.SendInterrupt(0, Vector);
                return WaitInVain();
            case "machine-check":
                MachineConsole.WriteLine("ready for a machine check");
                return WaitInVain();
            case "write-code":
                *(int*)(delegate*<int, int>)&Overflow = 0;
                return 0;
            case "execute-data":
                byte* code = PhysicalMemory.Allocate(16, 16);
                *code = 0xC3;
                ((delegate*<void>)code)();
                return 0;
            case "stack-overflow":
                return Overflow(1);
            case "unhandled":
                return Throw();
            case "fail-fast":
                Environment.FailFast("on purpose");
                return 0;
            case "not-supported":
                GC.RegisterForFullGCNotification(1, 1);
                return 0;
            case "exit-code":
                return 7;
            case "exit":
                Environment.Exit(7);
                return 0;
            case "unhandled-on-last-core":
                Cores.Run(Cores.Count - 1, _ => Throw());
                Cores.Join(Cores.Count - 1);
                return 0;
            case "unhandled-in-thread":
                RunInThread(() => Throw());
                return 0;
            case "stack-overflow-in-thread":
                RunInThread(() => Overflow(1));
                return 0;
            case "out-of-memory":
                return Exhaust();
            default:
                MachineConsole.WriteLine("unknown fault " + name);
                return 2;
        }
    }

    /// <summary>Returns after a long time, when what ends the kernel does not come.</summary>
    private static int WaitInVain()
    {
        for (ulong deadline = Clock.Now + (40 * Clock.TicksPerSecond); Clock.Now < deadline;)
        {
            Cpu.Pause();
        }

        return 3;
    }

    private static void InterruptItself(byte vector)
    {
        LocalApic.EndOfInterrupt();
        Cores.SendInterrupt(0, vector);
        Cpu.EnableInterrupts();
        WaitInVain();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Overflow(int depth) => depth == int.MaxValue ? 0 : Overflow(depth + 1) + depth;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Throw() => throw new InvalidOperationException("on purpose");

    private static int Exhaust()
    {
        object[] last = [];
        try
        {
            while (true)
            {
                last = [last, new byte[1 << 20]];
            }
        }
        catch (OutOfMemoryException)
        {
            MachineConsole.WriteLine("caught out of memory with " + last.Length);
            return 0;
        }
    }

    private static void RunInThread(Action action)
    {
        var thread = new Thread(() => action()) { Name = "worker" };
        thread.Start();
        thread.Join();
    }
}

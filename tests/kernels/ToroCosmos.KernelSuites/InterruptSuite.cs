using System.Threading;
using ToroCosmos.Acpi;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Interrupts;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.KernelSuites;

/// <summary>Handlers that enable interrupts.</summary>
internal static unsafe class InterruptSuite
{
    private const byte Vector = 0x44;
    private const int Rounds = 50;

    /// <summary>An emulator with more cores than its host may let one wait long.</summary>
    private const ulong PatienceSeconds = 20;

    /// <summary>How deep each core's handlers nest now, and where they were deepest.</summary>
    private static readonly int[] s_depth = new int[Madt.MaximumProcessors];
    private static readonly int[] s_deepest = new int[Madt.MaximumProcessors];
    private static readonly int[] s_handled = new int[Madt.MaximumProcessors];
    private static readonly bool[] s_broken = new bool[Madt.MaximumProcessors];

    [KernelTest]
    internal static void Interrupts_nest_to_the_stated_depth_and_every_handler_goes_on_where_it_was() =>
        RunOnAll(&NestDeeper, &NestOften);

    [KernelTest]
    internal static void A_wake_interrupt_inside_a_handler_leaves_the_handler_intact() => RunOnAll(&WakeInside, &WakeOften);

    private static void RunOnAll(delegate*<byte, void> handler, delegate*<int, void> function)
    {
        Interrupts.SetHandler(Vector, handler);
        Cores.RunOnAll(function);
        Interrupts.SetHandler(Vector, null);
    }

    private static void NestOften(int core)
    {
        s_broken[core] = false;
        for (int round = 0; round < Rounds; round++)
        {
            s_deepest[core] = 0;
            s_handled[core] = 0;
            Cores.SendInterrupt(core, Vector);
            WaitForHandled(core, DescriptorTables.MaximumNestedInterrupts);
            Check.Equal(DescriptorTables.MaximumNestedInterrupts, s_handled[core]);
            Check.Equal(DescriptorTables.MaximumNestedInterrupts, s_deepest[core]);
            Check.That(!s_broken[core], "a handler did not keep its values");
            if (!Check.Equal(0, CoreBlock.Current()->InterruptDepth))
            {
                return;
            }
        }
    }

    private static void WakeOften(int core)
    {
        s_broken[core] = false;
        for (int round = 0; round < Rounds; round++)
        {
            s_handled[core] = 0;
            Cores.SendInterrupt(core, Vector);
            WaitForHandled(core, 1);
            Check.That(!s_broken[core], "the handler did not keep its values");
            if (!Check.Equal(1, s_handled[core]))
            {
                return;
            }
        }
    }

    private static void WaitForHandled(int core, int count)
    {
        ulong deadline = Clock.Now + (PatienceSeconds * Clock.TicksPerSecond);
        while (Volatile.Read(ref s_handled[core]) < count && Clock.Now < deadline)
        {
            Cpu.Pause();
        }
    }

    /// <summary>Interrupts itself until it is as deep as may be; keeps values in registers and on the stack meanwhile.</summary>
    private static void NestDeeper(byte vector)
    {
        int core = Cpu.CurrentCore();
        int depth = ++s_depth[core];
        s_deepest[core] = depth > s_deepest[core] ? depth : s_deepest[core];
        double number = depth * 1.5;
        int* kept = stackalloc int[64];
        for (int i = 0; i < 64; i++)
        {
            kept[i] = (depth * 1000) + i;
        }

        LocalApic.EndOfInterrupt();
        if (depth < DescriptorTables.MaximumNestedInterrupts)
        {
            Cores.SendInterrupt(core, vector);
            Cpu.EnableInterrupts();
            WaitForHandled(core, DescriptorTables.MaximumNestedInterrupts - depth);
        }

        for (int i = 0; i < 64; i++)
        {
            s_broken[core] |= kept[i] != (depth * 1000) + i;
        }

        s_broken[core] |= number != depth * 1.5 || depth != s_depth[core];
        s_depth[core]--;
        Volatile.Write(ref s_handled[core], s_handled[core] + 1);
    }

    private static void WakeInside(byte vector)
    {
        int core = Cpu.CurrentCore();
        int* kept = stackalloc int[64];
        for (int i = 0; i < 64; i++)
        {
            kept[i] = core + i;
        }

        LocalApic.EndOfInterrupt();
        Cores.SendInterrupt(core, Interrupts.WakeVector);
        Cpu.EnableInterrupts();
        for (int i = 0; i < 2000; i++)
        {
            Cpu.Pause();
        }

        for (int i = 0; i < 64; i++)
        {
            s_broken[core] |= kept[i] != core + i;
        }

        Volatile.Write(ref s_handled[core], s_handled[core] + 1);
    }
}

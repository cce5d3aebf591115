using System.Threading;
using ToroCosmos.Acpi;
using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;

namespace ToroCosmos.KernelSuites;

/// <summary>Vector registers, which an interrupt must leave as they were.</summary>
internal static unsafe class VectorSuite
{
    private const int MaximumCores = Madt.MaximumProcessors;

    /// <summary>Few: an emulator with one thread for all cores lets each run for a tenth of a second.</summary>
    private const int Interruptions = 10;
    private const byte Vector = 0x42;

    private static readonly int[] s_interrupts = new int[MaximumCores];
    private static readonly double[] s_noise = new double[MaximumCores];

    /// <summary>Ends the test on all cores.</summary>
    private static bool s_hasFailed;

    [KernelTest(MinimumCores = 2)]
    internal static void Vector_state_is_kept_across_interrupts()
    {
        Interrupts.SetHandler(Vector, &Disturb);
        Cores.RunOnAll(&SumAndInterruptTheNext);
        Interrupts.SetHandler(Vector, null);
    }

    /// <summary>Sums in vector registers and disturbs the next core's sums, until every core was disturbed enough.</summary>
    private static void SumAndInterruptTheNext(int core)
    {
        int next = core + 1 == Cores.Count ? 0 : core + 1;
        ulong deadline = Clock.Now + (60 * Clock.TicksPerSecond);
        while (!Volatile.Read(ref s_hasFailed) && !IsEnough())
        {
            if (!Check.That(Clock.Now < deadline, "the interrupts do not arrive") || !Check.That(KeepsSums()))
            {
                Volatile.Write(ref s_hasFailed, true);
            }

            Cores.SendInterrupt(next, Vector);
        }
    }

    private static bool IsEnough()
    {
        for (int core = 0; core < Cores.Count; core++)
        {
            if (Volatile.Read(ref s_interrupts[core]) < Interruptions)
            {
                return false;
            }
        }

        return true;
    }

    private static bool KeepsSums()
    {
        double a = 0;
        double b = 1;
        double c = 2;
        double d = 3;
        for (int i = 1; i <= 20_000; i++)
        {
            a += i * 0.5;
            b += i * 0.25;
            c -= i;
            d += i * 2.0;
        }

        return a == 100_005_000 && b == 50_002_501 && c == -200_009_998 && d == 400_020_003;
    }

    /// <summary>An interrupt handler that uses many vector registers for itself.</summary>
    private static void Disturb(byte vector)
    {
        int core = Cpu.CurrentCore();
        double noise = s_noise[core] + 1;
        double a = noise * 1.5;
        double b = noise * 2.5;
        double c = noise * 3.5;
        double d = noise * 4.5;
        double e = noise * 5.5;
        for (int i = 0; i < 8; i++)
        {
            a += b;
            b -= c;
            c += d;
            d -= e;
            e += a * 0.125;
        }

        noise = a + b + c + d + e;
        s_noise[core] = noise is > -1e100 and < 1e100 ? noise : 1;
        Volatile.Write(ref s_interrupts[core], s_interrupts[core] + 1);
        LocalApic.EndOfInterrupt();
    }
}

using System.Threading;
using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>Threads that are interrupted in the middle of anything, for another to run.</summary>
internal static unsafe class PreemptionSuite
{
    private const int Registers = 16;
    private const int Doubles = 2 * Registers;

    private static int s_isReleased;

    [KernelTest]
    internal static void A_preempted_thread_keeps_its_vector_registers()
    {
        // Two threads on one core, each with patterns of its own in all of them and no call in between.
        ulong before = Scheduler.OfCore(0) == null ? 0 : Scheduler.OfCore(0)->Preemptions;
        Volatile.Write(ref s_isReleased, 0);
        int wrong = 0;
        var threads = new Thread[3];
        for (int i = 0; i < threads.Length; i++)
        {
            ulong pattern = 0x0101_0101_0101_0101UL * (ulong)(i + 1);
            threads[i] = new Thread(() =>
            {
                Cores.StayOn(0);
                ulong* held = stackalloc ulong[Doubles];
                ulong* kept = stackalloc ulong[Doubles];
                for (int word = 0; word < Doubles; word++)
                {
                    held[word] = pattern + (ulong)word;
                }

                while (Volatile.Read(ref s_isReleased) == 0)
                {
                    HoldThroughSpin(held, kept, 200_000);
                    for (int word = 0; word < Doubles; word++)
                    {
                        wrong += kept[word] == held[word] ? 0 : 1;
                    }
                }
            });
            threads[i].Start();
        }

        Thread.Sleep(100);
        Volatile.Write(ref s_isReleased, 1);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Check.Equal(0, wrong);
        Check.That(Scheduler.OfCore(0)->Preemptions > before + 2, "they were preempted");
    }

    [KernelTest]
    internal static void A_preempted_thread_keeps_its_rounding_and_flags()
    {
        // Results depend on all registers of a long computation, done once alone and then by many at once.
        double alone = Compute(1);
        int wrong = 0;
        var threads = new Thread[(2 * Cores.Count) + 2];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                for (int round = 0; round < 5; round++)
                {
                    if (!Compute(1).Equals(alone))
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }
            });
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Check.Equal(0, wrong);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Compute(double seed)
    {
        double a = seed, b = seed + 1, c = seed + 2, d = seed + 3;
        for (int i = 0; i < 100_000; i++)
        {
            a = (a * 1.0000001) + (b / 3);
            b = (b * 0.9999999) - (c / 7);
            c += (d * 0.5) - (a * 0.25);
            d = (d * 0.25) + (a * 1e-9);
        }

        return a + b + c + d;
    }

    /// <summary>Loads the registers from one place, counts, and stores them in the other.</summary>
    [RuntimeImport("*", "hold_through_spin")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void HoldThroughSpin(ulong* from, ulong* to, int count);
}

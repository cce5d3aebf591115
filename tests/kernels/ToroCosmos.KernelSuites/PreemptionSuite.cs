using System.Threading;
using System.Runtime;
using System.Runtime.CompilerServices;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>Threads that are interrupted in the middle of anything, for another to run.</summary>
internal static unsafe class PreemptionSuite
{
    private const int Registers = 16;
    private const int Doubles = 2 * Registers;

    private const int Rounds = 300;
    private const int PatienceMilliseconds = 20_000;

    private static int s_isReleased;
    private static nint s_parking;
    private static int s_parks;

    [KernelTest]
    internal static void A_preempted_thread_keeps_its_vector_registers()
    {
        // Two threads on one core, each with patterns of its own in all of them and no call in between.
        ulong before = Scheduler.IsActive ? Scheduler.OfCore(0)->Preemptions : 0;
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

    [KernelTest(MinimumCores = 2)]
    internal static void A_thread_that_is_woken_while_it_is_leaving_its_stack_runs_again()
    {
        // The other core wakes it as soon as it says that it is parked: it has not left its stack then.
        s_parking = 0;
        s_parks = 0;
        var parking = new Thread(() =>
        {
            Cores.StayOn(0);
            Volatile.Write(ref s_parking, (nint)ThreadBlock.Current());
            for (int i = 1; i <= Rounds; i++)
            {
                Scheduler.Park(ulong.MaxValue);
                Volatile.Write(ref s_parks, i);
            }
        })
        {
            IsBackground = true,
        };
        var waking = new Thread(() =>
        {
            Cores.StayOn(1);
            while (Volatile.Read(ref s_parks) < Rounds)
            {
                var thread = (ThreadBlock*)Volatile.Read(ref s_parking);
                if (thread != null && Volatile.Read(ref thread->WakeState) == WakeStates.Parked)
                {
                    Scheduler.Unpark(thread);
                }
            }
        })
        {
            IsBackground = true,
        };
        parking.Start();
        waking.Start();
        Check.That(parking.Join(PatienceMilliseconds), $"parked {s_parks} times");
        Volatile.Write(ref s_parks, Rounds);
        waking.Join();
    }

    [KernelTest]
    internal static void A_slice_ends_when_no_other_thread_waits_any_more()
    {
        // Else the timer would interrupt the core again and again for nothing.
        new Thread(static () => { }).Start();
        CoreScheduler* scheduler = Scheduler.OfCore(0);
        bool ended = false;
        for (int attempt = 0; attempt < 100 && !ended; attempt++)
        {
            Seam.Cpu.DisableInterrupts();
            scheduler->SliceEnd = Platform.Clock.Now;
            Cores.SendInterrupt(0, Scheduler.Vector);
            Seam.Cpu.EnableInterrupts();
            Thread.SpinWait(1000);
            ended = scheduler->SliceEnd == 0;
        }

        Check.That(ended);
    }

    [KernelTest]
    internal static void Another_core_takes_no_thread_that_is_bound_or_still_on_its_stack()
    {
        ReadyQueue queue = default;
        ThreadBlock bound = default;
        ThreadBlock onItsStack = default;
        ThreadBlock free = default;
        bound.Binding = 1;
        onItsStack.OnCore = 1;
        queue.Add(&bound);
        queue.Add(&onItsStack);
        Check.That(queue.TakeFree() == null);
        queue.Add(&free);
        Check.Equal(3, queue.Count);
        Check.That(queue.TakeFree() == &free);
        Check.That(queue.Take(ulong.MaxValue) == &bound);
        Check.That(queue.Take(ulong.MaxValue) == &onItsStack);
        Check.Equal(0, queue.Count);
    }

    [KernelTest]
    internal static void A_level_that_waits_for_too_long_goes_first()
    {
        ReadyQueue queue = default;
        ThreadBlock low = default;
        ThreadBlock high = default;
        high.Level = ReadyQueue.NormalLevel;
        queue.Add(&low);
        queue.Add(&high);
        low.ReadySince = Platform.Clock.Now - 1_000_000;
        Check.That(queue.Take(ulong.MaxValue) == &high);
        queue.Add(&high);
        Check.That(queue.Take(1_000_000) == &low);
        Check.That(queue.Take(1_000_000) == &high);
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

using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>How threads wait for each other: what the class library builds on the kernel's monitors.</summary>
internal static class ThreadWaitSuite
{
    private const int Threads = 8;
    private const int Rounds = 500;
    private const int PatienceMilliseconds = 30_000;

    private static readonly object s_gate = new();
    private static readonly Lock s_lock = new();
    private static int s_guarded;

    [KernelTest]
    internal static void A_lock_lets_one_thread_in()
    {
        s_guarded = 0;
        int inside = 0;
        int most = 0;
        int guardedByOther = 0;
        Run(Threads, _ =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                lock (s_gate)
                {
                    most = Math.Max(most, ++inside);
                    s_guarded++;
                    if (i % 50 == 0)
                    {
                        Thread.Yield();
                    }

                    inside--;
                }

                lock (s_lock)
                {
                    guardedByOther++;
                }
            }
        });
        Check.Equal(1, most);
        Check.Equal(Threads * Rounds, s_guarded);
        Check.Equal(Threads * Rounds, guardedByOther);
    }

    [KernelTest]
    internal static void A_lock_that_is_held_for_long_is_waited_for_without_a_core()
    {
        // The holder sleeps; those that wait must leave the cores to others.
        using var held = new ManualResetEventSlim();
        var holder = new Thread(() =>
        {
            lock (s_gate)
            {
                held.Set();
                Thread.Sleep(50);
            }
        });
        holder.Start();
        held.Wait();
        int entered = 0;
        Run(Threads, _ =>
        {
            lock (s_gate)
            {
                entered++;
            }
        });
        holder.Join();
        Check.Equal(Threads, entered);
    }

    [KernelTest]
    internal static void Pulse_wakes_one_and_pulse_all_wakes_all()
    {
        int waiting = 0;
        int woken = 0;
        var threads = new Thread[4];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                lock (s_gate)
                {
                    waiting++;
                    Monitor.Wait(s_gate);
                    woken++;
                }
            });
            threads[i].Start();
        }

        Check.That(SpinWait.SpinUntil(() => Volatile.Read(ref waiting) == 4, PatienceMilliseconds));
        lock (s_gate)
        {
            Monitor.Pulse(s_gate);
        }

        Check.That(SpinWait.SpinUntil(() => Volatile.Read(ref woken) == 1, PatienceMilliseconds));
        Thread.Sleep(20);
        Check.Equal(1, Volatile.Read(ref woken));
        lock (s_gate)
        {
            Monitor.PulseAll(s_gate);
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        Check.Equal(4, woken);
    }

    [KernelTest]
    internal static void A_wait_with_a_time_limit_ends_at_it_and_not_before()
    {
        using var never = new ManualResetEvent(false);
        long start = Stopwatch.GetTimestamp();
        Check.That(!never.WaitOne(20));
        Check.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 20);
        lock (s_gate)
        {
            start = Stopwatch.GetTimestamp();
            Check.That(!Monitor.Wait(s_gate, 20));
            Check.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 20);
        }

        start = Stopwatch.GetTimestamp();
        Thread.Sleep(20);
        Check.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 20);
    }

    [KernelTest]
    internal static void Two_threads_hand_a_turn_back_and_forth()
    {
        using var there = new AutoResetEvent(false);
        using var back = new AutoResetEvent(false);
        int turns = 0;
        var other = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                there.WaitOne();
                turns++;
                back.Set();
            }
        });
        other.Start();
        for (int i = 0; i < Rounds; i++)
        {
            there.Set();
            Check.That(back.WaitOne(PatienceMilliseconds));
            Check.Equal(i + 1, turns);
        }

        other.Join();
    }

    [KernelTest]
    internal static void Wait_all_and_wait_any_see_what_was_set()
    {
        var events = new ManualResetEvent[3];
        for (int i = 0; i < events.Length; i++)
        {
            events[i] = new ManualResetEvent(false);
        }

        Check.Equal(WaitHandle.WaitTimeout, WaitHandle.WaitAny(events, 5));
        var setter = new Thread(() =>
        {
            foreach (ManualResetEvent one in events)
            {
                Thread.Sleep(2);
                one.Set();
            }
        });
        setter.Start();
        Check.Equal(0, WaitHandle.WaitAny(events, PatienceMilliseconds));
        Check.That(WaitHandle.WaitAll(events, PatienceMilliseconds));
        setter.Join();
    }

    [KernelTest]
    internal static void A_semaphore_lets_as_many_in_as_it_counts()
    {
        using var semaphore = new Semaphore(3, 3);
        using var slim = new SemaphoreSlim(2);
        int inside = 0;
        int most = 0;
        int insideSlim = 0;
        int mostSlim = 0;
        Run(Threads, _ =>
        {
            for (int i = 0; i < 20; i++)
            {
                semaphore.WaitOne();
                Raise(ref most, Interlocked.Increment(ref inside));
                slim.Wait();
                Raise(ref mostSlim, Interlocked.Increment(ref insideSlim));
                Thread.Yield();
                Interlocked.Decrement(ref insideSlim);
                slim.Release();
                Interlocked.Decrement(ref inside);
                semaphore.Release();
            }
        });
        Check.That(most is >= 1 and <= 3, $"{most}");
        Check.That(mostSlim is >= 1 and <= 2, $"{mostSlim}");
    }

    [KernelTest]
    internal static void A_mutex_belongs_to_its_thread_and_is_abandoned_by_its_end()
    {
        using var mutex = new Mutex();
        var holder = new Thread(() => mutex.WaitOne());
        holder.Start();
        holder.Join();
        bool abandoned = false;
        try
        {
            mutex.WaitOne(PatienceMilliseconds);
        }
        catch (AbandonedMutexException)
        {
            abandoned = true;
        }

        Check.That(abandoned);
        mutex.ReleaseMutex();
    }

    [KernelTest]
    internal static void A_barrier_holds_all_until_the_last_has_come()
    {
        int phases = 0;
        using var barrier = new Barrier(Threads, _ => phases++);
        int wrong = 0;
        Run(Threads, _ =>
        {
            for (int i = 0; i < 20; i++)
            {
                if (Volatile.Read(ref phases) != i)
                {
                    Interlocked.Increment(ref wrong);
                }

                barrier.SignalAndWait();
            }
        });
        Check.Equal(20, phases);
        Check.Equal(0, wrong);
    }

    [KernelTest]
    internal static void Readers_share_and_a_writer_is_alone()
    {
        using var readersWriter = new ReaderWriterLockSlim();
        int value = 0;
        int wrong = 0;
        Run(Threads, i =>
        {
            for (int round = 0; round < 100; round++)
            {
                if (i < 2)
                {
                    readersWriter.EnterWriteLock();
                    value++;
                    Thread.Yield();
                    value++;
                    readersWriter.ExitWriteLock();
                }
                else
                {
                    readersWriter.EnterReadLock();
                    wrong += value % 2;
                    readersWriter.ExitReadLock();
                }
            }
        });
        Check.Equal(400, value);
        Check.Equal(0, wrong);
    }

    [KernelTest]
    internal static void A_blocking_collection_carries_all_from_many_to_many()
    {
        using var queue = new BlockingCollection<int>(16);
        int sum = 0;
        int producers = 4;
        Run(Threads, i =>
        {
            if (i < 4)
            {
                for (int n = 1; n <= 100; n++)
                {
                    queue.Add(n);
                }

                if (Interlocked.Decrement(ref producers) == 0)
                {
                    queue.CompleteAdding();
                }
            }
            else
            {
                foreach (int n in queue.GetConsumingEnumerable())
                {
                    Interlocked.Add(ref sum, n);
                }
            }
        });
        Check.Equal(4 * 5050, sum);
    }

    [KernelTest]
    internal static void A_waiting_thread_can_be_interrupted()
    {
        bool interrupted = false;
        var thread = new Thread(() =>
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        });
        thread.Start();
        Thread.Sleep(5);
        thread.Interrupt();
        Check.That(thread.Join(PatienceMilliseconds));
        Check.That(interrupted);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_function_of_a_core_and_threads_share_a_lock()
    {
        // The core's own thread has no other to run: it halts in its place.
        s_guarded = 0;
        Cores.Run(1, _ => AddGuarded());
        Run(2, _ => AddGuarded());
        AddGuarded();
        Cores.Join(1);
        Check.Equal(4 * Rounds, s_guarded);

        static void AddGuarded()
        {
            for (int i = 0; i < Rounds; i++)
            {
                lock (s_gate)
                {
                    s_guarded++;
                }
            }
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_function_of_a_core_waits_for_a_thread_and_a_thread_for_it()
    {
        using var fromThread = new ManualResetEvent(false);
        using var fromCore = new ManualResetEvent(false);
        bool came = false;
        Cores.Run(1, _ =>
        {
            // Without a limit, whose timer would end the halt too.
            came = fromThread.WaitOne();
            fromCore.Set();
        });
        var thread = new Thread(() =>
        {
            Thread.Sleep(20);
            fromThread.Set();
        });
        thread.Start();
        Check.That(fromCore.WaitOne(PatienceMilliseconds));
        Cores.Join(1);
        thread.Join();
        Check.That(came);
    }

    private static void Raise(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private static void Run(int count, Action<int> action)
    {
        var threads = new Thread[count];
        for (int i = 0; i < count; i++)
        {
            int mine = i;
            threads[i] = new Thread(() => action(mine));
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }
}

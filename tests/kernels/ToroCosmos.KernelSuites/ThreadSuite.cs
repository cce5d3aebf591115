using System;
using System.Collections.Generic;
using System.Threading;
using ToroCosmos.KernelTesting;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.NativeAot.Threads;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>The class library's <see cref="Thread"/> on the kernel's threads.</summary>
internal static unsafe class ThreadSuite
{
    private const int Many = 1000;
    private const int SmallStack = 64 * 1024;

    [ThreadStatic]
    private static int t_own;

    private static ManualResetEvent? s_gate;
    private static int s_count;
    private static int s_isReleased;

    [KernelTest]
    internal static void A_started_thread_runs_and_join_waits_for_its_end()
    {
        int result = 0;
        var thread = new Thread(() =>
        {
            Thread.Sleep(20);
            Volatile.Write(ref result, 42);
        });
        thread.Start();
        thread.Join();
        Check.Equal(42, result);
        Check.That(!thread.IsAlive);
    }

    [KernelTest]
    internal static void A_thread_gets_what_start_passes()
    {
        object? got = null;
        var thread = new Thread(argument => got = argument);
        thread.Start("word");
        thread.Join();
        Check.That(got is string and "word");
    }

    [KernelTest]
    internal static void A_join_with_a_time_limit_gives_up()
    {
        Volatile.Write(ref s_isReleased, 0);
        var thread = new Thread(SleepUntilReleased);
        thread.Start();
        Check.That(!thread.Join(5));
        Check.That(thread.IsAlive);
        Volatile.Write(ref s_isReleased, 1);
        Check.That(thread.Join(10_000));
    }

    [KernelTest]
    internal static void Threads_have_names_numbers_and_states()
    {
        string? name = null;
        int number = 0;
        var thread = new Thread(() =>
        {
            name = Thread.CurrentThread.Name;
            number = Environment.CurrentManagedThreadId;
        })
        {
            Name = "worker",
            IsBackground = true,
        };
        Check.Equal((int)(ThreadState.Unstarted | ThreadState.Background), (int)thread.ThreadState);
        thread.Start();
        thread.Join();
        Check.That(name == "worker");
        Check.Equal(thread.ManagedThreadId, number);
        Check.That(number != Environment.CurrentManagedThreadId);
        Check.That((thread.ThreadState & ThreadState.Stopped) != 0);
    }

    [KernelTest]
    internal static void Every_thread_has_statics_of_its_own()
    {
        t_own = 7;
        int[] seen = new int[8];
        Run(seen.Length, i =>
        {
            seen[i] = t_own;
            for (int round = 0; round < 100; round++)
            {
                t_own += i;
                Thread.Yield();
            }

            seen[i] += t_own;
        });
        for (int i = 0; i < seen.Length; i++)
        {
            Check.Equal(100 * i, seen[i]);
        }

        Check.Equal(7, t_own);
    }

    [KernelTest]
    internal static void Threads_throw_and_catch_independently_of_each_other()
    {
        int[] caught = new int[8];
        Run(caught.Length, i =>
        {
            for (int round = 0; round < 50; round++)
            {
                try
                {
                    ThrowDeep(10, i);
                }
                catch (InvalidOperationException e) when (e.Message == $"{i}")
                {
                    caught[i]++;
                }
            }
        });
        foreach (int count in caught)
        {
            Check.Equal(50, count);
        }
    }

    [KernelTest]
    internal static void Threads_allocate_without_disturbing_each_other()
    {
        bool[] right = new bool[8];
        Run(right.Length, i =>
        {
            List<string> words = [];
            for (int round = 0; round < 2000; round++)
            {
                words.Add($"{i}:{round}");
            }

            bool ok = true;
            for (int round = 0; round < words.Count; round++)
            {
                ok &= words[round] == $"{i}:{round}";
            }

            right[i] = ok;
        });
        foreach (bool ok in right)
        {
            Check.That(ok);
        }
    }

    [KernelTest]
    internal static void A_thousand_threads_live_at_once_and_again()
    {
        // The second round has the stacks of the first.
        for (int round = 0; round < 2; round++)
        {
            s_count = 0;
            s_gate = new ManualResetEvent(false);
            var threads = new Thread[Many];
            for (int i = 0; i < Many; i++)
            {
                threads[i] = new Thread(CountAndWait, SmallStack) { IsBackground = true };
                threads[i].Start();
            }

            SpinWait.SpinUntil(() => Volatile.Read(ref s_count) == Many, 30_000);
            Check.Equal(Many, Volatile.Read(ref s_count));
            s_gate.Set();
            foreach (Thread thread in threads)
            {
                thread.Join();
            }
        }
    }

    [KernelTest]
    internal static void Stacks_of_ended_threads_are_used_again()
    {
        Run(4, _ => { });
        int before = Count();
        for (int round = 0; round < 50; round++)
        {
            Run(4, _ => { });
        }

        // Some may not have left their stacks yet when the next are made.
        Check.That(Count() - before <= 16, $"{Count() - before} more");
    }

    [KernelTest]
    internal static void A_thread_that_never_waits_lets_others_run()
    {
        // As many as there are cores, and each can only end when this one has had its turn.
        Volatile.Write(ref s_isReleased, 0);
        var threads = new Thread[Cores.Count + 1];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(SpinUntilReleased);
            threads[i].Start();
        }

        int others = 0;
        Run(4, _ => Interlocked.Increment(ref others));
        Check.Equal(4, others);
        Volatile.Write(ref s_isReleased, 1);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    [KernelTest]
    internal static void A_thread_of_higher_priority_runs_first()
    {
        // They share this core and are woken lowest first. A machine that stands still for long makes the lowest starve, so
        // there is more than one attempt.
        string order = "";
        for (int attempt = 0; attempt < 5 && order != "2,1,0"; attempt++)
        {
            order = OrderOfPriorities();
        }

        Check.That(order == "2,1,0", order);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_thread_stays_on_the_core_that_it_asks_for()
    {
        int[] wrong = new int[Cores.Count];
        Run(Cores.Count, core =>
        {
            Cores.StayOn(core);
            for (int round = 0; round < 200; round++)
            {
                wrong[core] += Cores.Current == core ? 0 : 1;
                Thread.Yield();
                if (round % 50 == 0)
                {
                    Thread.Sleep(1);
                }
            }

            Cores.StayOnAny();
        });
        foreach (int count in wrong)
        {
            Check.Equal(0, count);
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void Threads_use_all_cores()
    {
        int[] seen = new int[Cores.Count];
        Volatile.Write(ref s_isReleased, 0);
        var threads = new Thread[Cores.Count];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                while (Volatile.Read(ref s_isReleased) == 0)
                {
                    Volatile.Write(ref seen[Cores.Current], 1);
                    Thread.SpinWait(100);
                }
            });
            threads[i].Start();
        }

        Check.That(SpinWait.SpinUntil(() => Array.TrueForAll(seen, core => core == 1), 10_000), string.Join(',', seen));
        Volatile.Write(ref s_isReleased, 1);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    [KernelTest(MinimumCores = 2)]
    internal static void A_core_that_runs_a_function_is_its_own()
    {
        // Threads that never wait are on every core.
        Volatile.Write(ref s_isReleased, 0);
        var threads = new Thread[2 * Cores.Count];
        int[] strangers = new int[Cores.Count];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                while (Volatile.Read(ref s_isReleased) == 0)
                {
                    Interlocked.Increment(ref strangers[Cores.Current]);
                    Thread.SpinWait(10);
                }
            });
            threads[i].Start();
        }

        Thread.Sleep(20);
        int switches = -1;
        Cores.Run(1, core =>
        {
            CoreScheduler* scheduler = Scheduler.OfCore(core);
            ulong before = scheduler->Switches;
            int seen = Volatile.Read(ref strangers[core]);
            ulong end = Platform.Clock.Now + (Platform.Clock.TicksPerSecond / 50);
            while (Platform.Clock.Now < end)
            {
                Seam.Cpu.Pause();
            }

            switches = (int)(scheduler->Switches - before) + Volatile.Read(ref strangers[core]) - seen;
        });
        Cores.Join(1);
        Check.Equal(0, switches);
        int after = Volatile.Read(ref strangers[1]);
        Check.That(SpinWait.SpinUntil(() => Volatile.Read(ref strangers[1]) != after, 10_000), "the core is lent again");
        Volatile.Write(ref s_isReleased, 1);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }
    }

    [KernelTest]
    internal static void Every_thread_can_be_found_with_its_stack()
    {
        bool found = false;
        var thread = new Thread(() =>
        {
            byte local;
            for (ThreadBlock* block = ThreadTable.First; block != null; block = block->NextOfAll)
            {
                found |= block == ThreadBlock.Current() && block->IsAlive == 1
                    && (ulong)&local > block->StackGuard && (ulong)&local < block->StackTop;
            }
        });
        thread.Start();
        thread.Join();
        Check.That(found);
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

    private static string OrderOfPriorities()
    {
        List<int> order = [];
        var gates = new ManualResetEvent[3];
        var threads = new Thread[3];
        int ready = 0;
        ThreadPriority[] priorities = [ThreadPriority.Lowest, ThreadPriority.Normal, ThreadPriority.Highest];
        for (int i = 0; i < threads.Length; i++)
        {
            int mine = i;
            gates[i] = new ManualResetEvent(false);
            threads[i] = new Thread(() =>
            {
                Cores.StayOn(0);
                Interlocked.Increment(ref ready);
                gates[mine].WaitOne();
                order.Add(mine);
            })
            {
                Priority = priorities[i],
            };
            threads[i].Start();
        }

        // One above them, on the same core, wakes them.
        var waker = new Thread(() =>
        {
            Cores.StayOn(0);
            SpinWait.SpinUntil(() => Volatile.Read(ref ready) == 3);
            Thread.Sleep(20);
            for (int i = 0; i < gates.Length; i++)
            {
                gates[i].Set();
            }
        })
        {
            Priority = ThreadPriority.Highest,
        };
        waker.Start();
        waker.Join();
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return string.Join(',', order);
    }

    private static int Count()
    {
        int count = 0;
        for (ThreadBlock* block = ThreadTable.First; block != null; block = block->NextOfAll)
        {
            count++;
        }

        return count;
    }

    private static void ThrowDeep(int depth, int value)
    {
        try
        {
            if (depth == 0)
            {
                throw new InvalidOperationException($"{value}");
            }

            ThrowDeep(depth - 1, value);
        }
        finally
        {
            if (depth == 5)
            {
                Thread.Yield();
            }
        }
    }

    private static void CountAndWait()
    {
        Interlocked.Increment(ref s_count);
        s_gate!.WaitOne();
    }

    private static void SleepUntilReleased()
    {
        while (Volatile.Read(ref s_isReleased) == 0)
        {
            Thread.Sleep(1);
        }
    }

    private static void SpinUntilReleased()
    {
        while (Volatile.Read(ref s_isReleased) == 0)
        {
            Thread.SpinWait(10);
        }
    }
}

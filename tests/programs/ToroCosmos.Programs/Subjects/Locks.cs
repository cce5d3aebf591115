using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class Locks
{
    public static ProgramGroup All { get; } = new(nameof(Locks))
    {
        LockStatement, NewLock, MonitorTimeout, PulseAndWait, PulseAll, WrongOwner, Interlockeds, InterlockedOfReferences, MutexOwner, MutexAbandoned, Semaphores, SlimSemaphores, SlimSemaphoreAsync,
        AutoResets, ManualResets, WaitAnyAll, SignalAndWaits, CountdownEvents, Barriers, ReadersAndWriters, UpgradeableLocks, SpinLocks, LazyInitialization, LazyModes, VolatileAccess, ProducersConsumers,
        DiningPhilosophers, NamedMutexes, WaitHandleTimeout, MemoryBarriers, SynchronizedMethod,
    };

    private static string LockStatement() => Answer.Of(CountWith((gate, add) =>
    {
        lock (gate)
        {
            add();
        }
    }));

    private static string NewLock()
    {
        var gate = new Lock();
        int count = 0;
        Run(4, () =>
        {
            for (int i = 0; i < 500; i++)
            {
                lock (gate)
                {
                    count++;
                }

                using (gate.EnterScope())
                {
                    count++;
                }
            }
        });
        return Answer.Of(count, gate.IsHeldByCurrentThread, gate.TryEnter());
    }

    private static string MonitorTimeout()
    {
        object gate = new();
        bool taken = true, after = false;
        lock (gate)
        {
            Run(1, () => taken = Monitor.TryEnter(gate, 10));
        }

        Run(1, () => after = Monitor.TryEnter(gate));
        return Answer.Of(taken, after, Monitor.IsEntered(gate));
    }

    private static string PulseAndWait()
    {
        object gate = new();
        Queue<int> queue = new();
        int sum = 0;
        var consumer = new Thread(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                lock (gate)
                {
                    while (queue.Count == 0)
                    {
                        Monitor.Wait(gate);
                    }

                    sum += queue.Dequeue();
                }
            }
        });
        consumer.Start();
        for (int i = 0; i < 100; i++)
        {
            lock (gate)
            {
                queue.Enqueue(i);
                Monitor.Pulse(gate);
            }
        }

        consumer.Join();
        return Answer.Of(sum);
    }

    private static string PulseAll()
    {
        object gate = new();
        int waiting = 0, woken = 0;
        Thread[] threads = [.. Enumerable.Range(0, 5).Select(_ => new Thread(() =>
        {
            lock (gate)
            {
                waiting++;
                Monitor.Wait(gate);
                woken++;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        SpinWait.SpinUntil(() =>
        {
            lock (gate)
            {
                return waiting == 5;
            }
        });
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }

        Array.ForEach(threads, thread => thread.Join());
        bool timedOut;
        lock (gate)
        {
            timedOut = !Monitor.Wait(gate, 5);
        }

        return Answer.Of(woken, timedOut);
    }

    private static string WrongOwner()
    {
        List<string> errors = [];
        foreach (Action action in new Action[] { () => Monitor.Exit(new object()), () => Monitor.Pulse(new object()), () => new Lock().Exit(), () => new ReaderWriterLockSlim().ExitReadLock(), () => new Mutex().ReleaseMutex(), () => new SemaphoreSlim(1, 1).Release() })
        {
            try
            {
                action();
                errors.Add("not noticed");
            }
            catch (Exception exception)
            {
                errors.Add(exception.GetType().Name);
            }
        }

        return Answer.Of(errors);
    }

    private static string Interlockeds()
    {
        int count = 0, bits = 0;
        long sum = 0;
        Run(4, () =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Interlocked.Increment(ref count);
                Interlocked.Add(ref sum, i);
                Interlocked.Or(ref bits, 1 << (i % 8));
            }
        });
        return Answer.Of(count, sum, bits, Interlocked.CompareExchange(ref count, 1, 4000), Interlocked.Exchange(ref count, 7), Interlocked.Read(ref sum), Interlocked.And(ref bits, 3));
    }

    private static string InterlockedOfReferences()
    {
        Node? head = null;
        Run(4, () =>
        {
            for (int i = 0; i < 200; i++)
            {
                var node = new Node();
                do
                {
                    node.Next = Volatile.Read(ref head);
                }
                while (Interlocked.CompareExchange(ref head, node, node.Next) != node.Next);
            }
        });
        int length = 0;
        for (Node? node = head; node is not null; node = node.Next)
        {
            length++;
        }

        return Answer.Of(length);
    }

    private static string MutexOwner()
    {
        using var mutex = new Mutex(initiallyOwned: true, null, out bool created);
        bool taken = true;
        Run(1, () => taken = mutex.WaitOne(5));
        mutex.WaitOne();
        mutex.ReleaseMutex();
        mutex.ReleaseMutex();
        bool after = false;
        Run(1, () =>
        {
            after = mutex.WaitOne(1000);
            mutex.ReleaseMutex();
        });
        return Answer.Of(created, taken, after);
    }

    private static string MutexAbandoned()
    {
        using var mutex = new Mutex();
        Run(1, () => mutex.WaitOne());
        try
        {
            return Answer.Of(mutex.WaitOne(1000));
        }
        catch (AbandonedMutexException exception)
        {
            mutex.ReleaseMutex();
            return exception.Message;
        }
    }

    private static string Semaphores()
    {
        using var semaphore = new Semaphore(2, 3);
        bool first = semaphore.WaitOne(0), second = semaphore.WaitOne(0), third = semaphore.WaitOne(1);
        int before = semaphore.Release(2);
        try
        {
            semaphore.Release(2);
        }
        catch (SemaphoreFullException exception)
        {
            return Answer.Of(first, second, third, before, exception.Message);
        }

        return "not noticed";
    }

    private static string SlimSemaphores()
    {
        using var semaphore = new SemaphoreSlim(3);
        int inside = 0, most = 0;
        Run(8, () =>
        {
            semaphore.Wait();
            int now = Interlocked.Increment(ref inside);
            InterlockedMax(ref most, now);
            Thread.Sleep(1);
            Interlocked.Decrement(ref inside);
            semaphore.Release();
        });
        return Answer.Of(most is > 0 and <= 3, semaphore.CurrentCount, semaphore.Wait(0));
    }

    private static async Task<string> SlimSemaphoreAsync()
    {
        using var semaphore = new SemaphoreSlim(1);
        int inside = 0, overlaps = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            await semaphore.WaitAsync();
            overlaps += inside;
            inside++;
            await Task.Yield();
            inside--;
            semaphore.Release();
        }));
        await semaphore.WaitAsync();
        return Answer.Of(overlaps, await semaphore.WaitAsync(5));
    }

    private static string AutoResets()
    {
        using var ping = new AutoResetEvent(false);
        using var pong = new AutoResetEvent(false);
        int rounds = 0;
        var thread = new Thread(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                ping.WaitOne();
                rounds++;
                pong.Set();
            }
        });
        thread.Start();
        for (int i = 0; i < 50; i++)
        {
            ping.Set();
            pong.WaitOne();
        }

        thread.Join();
        return Answer.Of(rounds, ping.WaitOne(0));
    }

    private static string ManualResets()
    {
        using var gate = new ManualResetEvent(false);
        using var slim = new ManualResetEventSlim(false);
        int passed = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            gate.WaitOne();
            slim.Wait();
            Interlocked.Increment(ref passed);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        gate.Set();
        slim.Set();
        Array.ForEach(threads, thread => thread.Join());
        return Answer.Of(passed, gate.WaitOne(0), gate.Reset(), gate.WaitOne(0), slim.IsSet);
    }

    private static string WaitAnyAll()
    {
        using var a = new ManualResetEvent(false);
        using var b = new ManualResetEvent(true);
        using var c = new AutoResetEvent(true);
        int any = WaitHandle.WaitAny([a, b]), timedOut = WaitHandle.WaitAny([a], 1);
        bool all = WaitHandle.WaitAll([b, c]), again = WaitHandle.WaitAll([b, c], 1);
        ThreadPool.QueueUserWorkItem(_ => a.Set());
        return Answer.Of(any, timedOut == WaitHandle.WaitTimeout, all, again, WaitHandle.WaitAll([a, b], 20_000));
    }

    private static string SignalAndWaits()
    {
        using var a = new AutoResetEvent(false);
        using var b = new AutoResetEvent(false);
        var thread = new Thread(() =>
        {
            a.WaitOne();
            b.Set();
        });
        thread.Start();
        bool signalled = WaitHandle.SignalAndWait(a, b, 20_000, false);
        thread.Join();
        return Answer.Of(signalled);
    }

    private static string CountdownEvents()
    {
        using var countdown = new CountdownEvent(3);
        bool early = countdown.Wait(1);
        Run(3, () => countdown.Signal());
        return Answer.Of(early, countdown.IsSet, countdown.CurrentCount, countdown.TryAddCount());
    }

    private static string Barriers()
    {
        List<long> phases = [];
        using var barrier = new Barrier(4, b => phases.Add(b.CurrentPhaseNumber));
        int[] steps = new int[4];
        bool together = true;
        int next = -1;
        Run(4, () =>
        {
            int me = Interlocked.Increment(ref next);
            for (int phase = 0; phase < 5; phase++)
            {
                steps[me]++;
                barrier.SignalAndWait();
                together &= steps.All(step => step >= phase + 1);
                barrier.SignalAndWait();
            }
        });
        return Answer.Of(together, phases.Count, barrier.ParticipantCount);
    }

    private static string ReadersAndWriters()
    {
        using var gate = new ReaderWriterLockSlim();
        Dictionary<int, int> map = [];
        int next = 0, torn = 0;
        Run(4, () =>
        {
            int me = Interlocked.Increment(ref next);
            for (int i = 0; i < 100; i++)
            {
                if (me == 1)
                {
                    gate.EnterWriteLock();
                    map[i] = i;
                    map[-i] = -i;
                    gate.ExitWriteLock();
                }
                else
                {
                    gate.EnterReadLock();
                    torn += map.ContainsKey(i) != map.ContainsKey(-i) ? 1 : 0;
                    gate.ExitReadLock();
                }
            }
        });
        bool free = gate.TryEnterWriteLock(0), held = gate.IsWriteLockHeld;
        gate.ExitWriteLock();
        return Answer.Of(map.Count, torn, gate.IsReadLockHeld, free, held);
    }

    private static string UpgradeableLocks()
    {
        using var gate = new ReaderWriterLockSlim(LockRecursionPolicy.SupportsRecursion);
        gate.EnterUpgradeableReadLock();
        gate.EnterWriteLock();
        gate.EnterReadLock();
        int depth = gate.RecursiveReadCount;
        gate.ExitReadLock();
        gate.ExitWriteLock();
        bool reader = false;
        Run(1, () =>
        {
            reader = gate.TryEnterReadLock(0);
            gate.ExitReadLock();
        });
        bool held = gate.IsUpgradeableReadLockHeld;
        gate.ExitUpgradeableReadLock();
        return Answer.Of(depth, reader, held);
    }

    private static string SpinLocks()
    {
        var spin = new SpinLock(enableThreadOwnerTracking: true);
        int count = 0;
        Run(4, () =>
        {
            for (int i = 0; i < 250; i++)
            {
                bool taken = false;
                try
                {
                    spin.Enter(ref taken);
                    count++;
                }
                finally
                {
                    if (taken)
                    {
                        spin.Exit();
                    }
                }
            }
        });
        return Answer.Of(count, spin.IsHeld);
    }

    private static string LazyInitialization()
    {
        int made = 0;
        var lazy = new Lazy<object>(() =>
        {
            Interlocked.Increment(ref made);
            Thread.Sleep(2);
            return new object();
        });
        object?[] seen = new object?[6];
        int next = -1;
        Run(6, () => seen[Interlocked.Increment(ref next)] = lazy.Value);
        string? text = null;
        return Answer.Of(made, seen.Distinct().Count(), LazyInitializer.EnsureInitialized(ref text, () => "made"), text);
    }

    private static string LazyModes()
    {
        int tries = 0;
        var lazy = new Lazy<int>(() => ++tries == 1 ? throw new FormatException("first") : tries, LazyThreadSafetyMode.PublicationOnly);
        var caching = new Lazy<int>(() => ++tries < 100 ? throw new FormatException("cached " + tries) : 0);
        List<string> seen = [];
        foreach (Func<int> get in new Func<int>[] { () => lazy.Value, () => lazy.Value, () => caching.Value, () => caching.Value })
        {
            try
            {
                seen.Add(get().ToString());
            }
            catch (FormatException exception)
            {
                seen.Add(exception.Message);
            }
        }

        return Answer.Of(seen, lazy.IsValueCreated, caching.IsValueCreated);
    }

    private static string VolatileAccess()
    {
        int data = 0, ready = 0, seen = -1;
        var thread = new Thread(() =>
        {
            while (Volatile.Read(ref ready) == 0)
            {
                Thread.Yield();
            }

            seen = data;
        });
        thread.Start();
        data = 42;
        Volatile.Write(ref ready, 1);
        thread.Join();
        return Answer.Of(seen);
    }

    private static string ProducersConsumers()
    {
        using var queue = new System.Collections.Concurrent.BlockingCollection<int>(4);
        long sum = 0;
        Thread[] consumers = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            foreach (int n in queue.GetConsumingEnumerable())
            {
                Interlocked.Add(ref sum, n);
            }
        }))];
        Array.ForEach(consumers, thread => thread.Start());
        for (int i = 1; i <= 200; i++)
        {
            queue.Add(i);
        }

        queue.CompleteAdding();
        Array.ForEach(consumers, thread => thread.Join());
        return Answer.Of(sum, queue.IsCompleted, queue.TryTake(out _));
    }

    private static string DiningPhilosophers()
    {
        object[] forks = [.. Enumerable.Range(0, 5).Select(_ => new object())];
        int[] meals = new int[5];
        int next = -1;
        Run(5, () =>
        {
            int me = Interlocked.Increment(ref next), left = Math.Min(me, (me + 1) % 5), right = Math.Max(me, (me + 1) % 5);
            for (int i = 0; i < 100; i++)
            {
                lock (forks[left])
                {
                    lock (forks[right])
                    {
                        meals[me]++;
                    }
                }
            }
        });
        return Answer.Of(meals);
    }

    private static string NamedMutexes()
    {
        using var first = new EventWaitHandle(false, EventResetMode.AutoReset);
        first.Set();
        return Answer.Of(first.WaitOne(0), first.WaitOne(0));
    }

    private static string WaitHandleTimeout()
    {
        using var never = new ManualResetEvent(false);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        bool set = never.WaitOne(20);
        return Answer.Of(set, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 19);
    }

    private static string MemoryBarriers()
    {
        int broken = 0;
        for (int round = 0; round < 20; round++)
        {
            int x = 0, y = 0, seenX = 0, seenY = 0;
            var thread = new Thread(() =>
            {
                x = 1;
                Interlocked.MemoryBarrier();
                seenY = y;
            });
            thread.Start();
            y = 1;
            Thread.MemoryBarrier();
            seenX = x;
            thread.Join();
            broken += seenX == 0 && seenY == 0 ? 1 : 0;
        }

        return Answer.Of(broken);
    }

    private static string SynchronizedMethod()
    {
        var counter = new Counter();
        Run(4, () =>
        {
            for (int i = 0; i < 250; i++)
            {
                counter.Add();
            }
        });
        return Answer.Of(counter.Count);
    }

    private static int CountWith(Action<object, Action> guard)
    {
        object gate = new();
        int count = 0;
        Run(4, () =>
        {
            for (int i = 0; i < 500; i++)
            {
                guard(gate, () => count++);
            }
        });
        return count;
    }

    private static void Run(int threads, ThreadStart body)
    {
        Thread[] all = [.. Enumerable.Range(0, threads).Select(_ => new Thread(body))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private sealed class Node
    {
        public Node? Next;
    }

    private sealed class Counter
    {
        public int Count { get; private set; }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)]
        public void Add() => Count++;
    }
}

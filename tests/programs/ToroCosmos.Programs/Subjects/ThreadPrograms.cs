using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace ToroCosmos.Programs.Subjects;

internal static class ThreadPrograms
{
    [ThreadStatic]
    private static int s_perThread;

    public static ProgramGroup All { get; } = new(nameof(ThreadPrograms))
    {
        StartJoin, Parameters, Names, States, ThreadStatics, ThreadLocals, BackgroundAndPriority, JoinTimeout, SleepInterrupt, StackSizes, ManyThreads, ExceptionsStayInside, CurrentThreads, Spinning,
        CultureOfThreads, DeepStack, LocalSlots, StartedTwice, UnstartedJoin,
    };

    private static string StartJoin()
    {
        int value = 0;
        var thread = new Thread(() => value = 42);
        thread.Start();
        thread.Join();
        return Answer.Of(value, thread.IsAlive);
    }

    private static string Parameters()
    {
        object? seen = null;
        var thread = new Thread(parameter => seen = parameter);
        thread.Start("given");
        thread.Join();
        return Answer.Of(seen);
    }

    private static string Names()
    {
        string? inside = null;
        var thread = new Thread(() => inside = Thread.CurrentThread.Name) { Name = "worker" };
        thread.Start();
        thread.Join();
        return Answer.Of(inside, thread.Name);
    }

    private static string States()
    {
        using var go = new ManualResetEventSlim();
        var thread = new Thread(go.Wait) { IsBackground = true };
        ThreadState before = thread.ThreadState;
        thread.Start();
        bool alive = thread.IsAlive;
        go.Set();
        thread.Join();
        return Answer.Of(before, alive, thread.ThreadState);
    }

    private static string ThreadStatics()
    {
        s_perThread = 1;
        List<int> seen = [];
        for (int i = 0; i < 3; i++)
        {
            var thread = new Thread(() =>
            {
                int before = s_perThread;
                s_perThread += 10;
                lock (seen)
                {
                    seen.Add(before + s_perThread);
                }
            });
            thread.Start();
            thread.Join();
        }

        return Answer.Of(seen, s_perThread);
    }

    private static string ThreadLocals()
    {
        using var local = new ThreadLocal<List<int>>(() => [], trackAllValues: true);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(n => new Thread(() => local.Value!.AddRange([n, n])))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Answer.Of(local.IsValueCreated, local.Values.Count, local.Values.Sum(list => list.Sum()));
    }

    private static string BackgroundAndPriority()
    {
        var thread = new Thread(() => { }) { IsBackground = true, Priority = ThreadPriority.BelowNormal };
        thread.Start();
        thread.Join();
        return Answer.Of(Thread.CurrentThread.Priority, thread.ManagedThreadId != Environment.CurrentManagedThreadId);
    }

    private static string JoinTimeout()
    {
        using var go = new ManualResetEventSlim();
        var thread = new Thread(go.Wait);
        thread.Start();
        bool early = thread.Join(5);
        go.Set();
        return Answer.Of(early, thread.Join(TimeSpan.FromSeconds(20)));
    }

    private static string SleepInterrupt()
    {
        string? outcome = null;
        var thread = new Thread(() =>
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException exception)
            {
                outcome = exception.Message;
            }
        });
        thread.Start();
        thread.Interrupt();
        return Answer.Of(thread.Join(20_000), outcome);
    }

    private static string StackSizes()
    {
        int depth = 0;
        var thread = new Thread(() => depth = Descend(20_000), maxStackSize: 16 << 20);
        thread.Start();
        thread.Join();
        return Answer.Of(depth);

        static int Descend(int n) => n == 0 ? 0 : Math.Max(1, Descend(n - 1)) + (n > 1 ? 1 : 0);
    }

    private static string ManyThreads()
    {
        int count = 0;
        Thread[] threads = [.. Enumerable.Range(0, 100).Select(_ => new Thread(() =>
        {
            Thread.Sleep(1);
            Interlocked.Increment(ref count);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Answer.Of(count);
    }

    private static string ExceptionsStayInside()
    {
        List<string> caught = [];
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(n => new Thread(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                try
                {
                    throw new InvalidOperationException($"{n}.{i}");
                }
                catch (InvalidOperationException exception) when (exception.Message == $"{n}.49")
                {
                    lock (caught)
                    {
                        caught.Add(exception.Message);
                    }
                }
                catch (InvalidOperationException)
                {
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return Answer.Of(caught.Order());
    }

    private static string CurrentThreads()
    {
        Thread? inside = null;
        var thread = new Thread(() => inside = Thread.CurrentThread);
        thread.Start();
        thread.Join();
        return Answer.Of(inside == thread, Thread.CurrentThread == thread, Thread.CurrentThread.ManagedThreadId == Environment.CurrentManagedThreadId);
    }

    private static string Spinning()
    {
        int flag = 0;
        var thread = new Thread(() =>
        {
            var spin = new SpinWait();
            while (Volatile.Read(ref flag) == 0)
            {
                spin.SpinOnce();
            }

            Volatile.Write(ref flag, 2);
        });
        thread.Start();
        Thread.Sleep(2);
        Volatile.Write(ref flag, 1);
        thread.Join();
        return Answer.Of(flag);
    }

    private static string CultureOfThreads()
    {
        string? name = null;
        var thread = new Thread(() => name = Thread.CurrentThread.CurrentCulture.EnglishName);
        thread.Start();
        thread.Join();
        return Answer.Of(name);
    }

    private static string DeepStack()
    {
        int result = 0;
        var thread = new Thread(() => result = Depth(1500));
        thread.Start();
        thread.Join();
        return Answer.Of(result);

        static int Depth(int n) => n == 0 ? 0 : Depth(n - 1) + (n % 3 == 0 ? 1 : 0);
    }

    private static string LocalSlots()
    {
        LocalDataStoreSlot slot = Thread.AllocateDataSlot();
        Thread.SetData(slot, "mine");
        object? other = "unset";
        var thread = new Thread(() => other = Thread.GetData(slot));
        thread.Start();
        thread.Join();
        return Answer.Of(Thread.GetData(slot), other);
    }

    private static string StartedTwice()
    {
        var thread = new Thread(() => { });
        thread.Start();
        thread.Join();
        thread.Start();
        return "started twice";
    }

    private static string UnstartedJoin()
    {
        new Thread(() => { }).Join();
        return "joined";
    }
}

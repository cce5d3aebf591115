using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ToroCosmos.ThreadBenchmark;

/// <summary>What is measured, each once.</summary>
internal static class ThreadMeasurements
{
    private const int Threads = 100;
    private const int Rounds = 1000;
    private const int LockRounds = 200_000;
    private const int Timers = 20;
    private const int TimerMilliseconds = 5;

    private static readonly object s_gate = new();
    private static int s_guarded;
    private static double s_sink;

    /// <summary>A thread that does nothing: its start, and the wait for its end.</summary>
    public static double StartAndJoin()
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Threads; i++)
        {
            var thread = new Thread(static () => { });
            thread.Start();
            thread.Join();
        }

        return Nanoseconds(start) / Threads;
    }

    /// <summary>From one thread's set of an event to the return of the other one's wait.</summary>
    public static double HandOver()
    {
        using var there = new AutoResetEvent(false);
        using var back = new AutoResetEvent(false);
        var other = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                there.WaitOne();
                back.Set();
            }
        });
        other.Start();
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
        {
            there.Set();
            back.WaitOne();
        }

        double time = Nanoseconds(start) / (2 * Rounds);
        other.Join();
        return time;
    }

    /// <summary>A yield while every processor has another thread that yields.</summary>
    public static double Yield()
    {
        bool isOver = false;
        var others = new Thread[2 * Environment.ProcessorCount];
        for (int i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(() =>
            {
                while (!Volatile.Read(ref isOver))
                {
                    Thread.Yield();
                }
            });
            others[i].Start();
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
        {
            Thread.Yield();
        }

        double time = Nanoseconds(start) / Rounds;
        Volatile.Write(ref isOver, true);
        foreach (Thread thread in others)
        {
            thread.Join();
        }

        return time;
    }

    /// <summary>A lock that nobody else wants.</summary>
    public static double LockAlone()
    {
        long start = Stopwatch.GetTimestamp();
        Guard();
        return Nanoseconds(start) / LockRounds;
    }

    /// <summary>A lock that a thread on every processor wants all the time.</summary>
    public static double LockTogether()
    {
        var threads = new Thread[Environment.ProcessorCount];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(Guard);
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return Nanoseconds(start) / (LockRounds * (double)threads.Length);
    }

    /// <summary>A task that does nothing, handed to the pool and waited for.</summary>
    public static double RunTask()
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Rounds; i++)
        {
            Task.Run(static () => { }).Wait();
        }

        return Nanoseconds(start) / Rounds;
    }

    /// <summary>How many times faster a loop of computations is on all processors than on one.</summary>
    public static double ParallelSpeedup()
    {
        const int Items = 256;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < Items; i++)
        {
            Compute(i);
        }

        double alone = Nanoseconds(start);
        start = Stopwatch.GetTimestamp();
        Parallel.For(0, Items, Compute);
        return alone / Nanoseconds(start);
    }

    /// <summary>How much later than asked a wait of 5 ms ends, in microseconds.</summary>
    public static (double Median, double Worst) TimerLateness()
    {
        double[] late = new double[Timers];
        for (int i = 0; i < Timers; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Task.Delay(TimerMilliseconds).Wait();
            late[i] = (Nanoseconds(start) / 1000) - (TimerMilliseconds * 1000);
        }

        Array.Sort(late);
        return (late[Timers / 2], late[^1]);
    }

    private static void Guard()
    {
        for (int i = 0; i < LockRounds; i++)
        {
            lock (s_gate)
            {
                s_guarded++;
            }
        }
    }

    private static void Compute(int seed)
    {
        double value = seed;
        for (int i = 0; i < 20_000; i++)
        {
            value = (value * 1.0000001) + 0.5;
        }

        Volatile.Write(ref s_sink, value);
    }

    private static double Nanoseconds(long start) => Stopwatch.GetElapsedTime(start).TotalNanoseconds;
}

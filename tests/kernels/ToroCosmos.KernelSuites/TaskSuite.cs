using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>The class library's thread pool, tasks, timers and channels, unchanged.</summary>
internal static class TaskSuite
{
    private const int PatienceMilliseconds = 30_000;

    [KernelTest]
    internal static void A_task_runs_on_the_pool_and_its_result_is_waited_for()
    {
        bool isPool = false;
        Task<int> task = Task.Run(() =>
        {
            isPool = Thread.CurrentThread.IsThreadPoolThread;
            return 42;
        });
        Check.Equal(42, task.Result);
        Check.That(isPool);
    }

    [KernelTest]
    internal static void A_task_that_is_not_finished_can_be_waited_for()
    {
        var source = new TaskCompletionSource<int>();
        var setter = new Thread(() =>
        {
            Thread.Sleep(10);
            source.SetResult(7);
        });
        setter.Start();
        Check.Equal(7, source.Task.Result);
        setter.Join();
    }

    [KernelTest]
    internal static void Ten_thousand_tasks_all_run_once()
    {
        int ran = 0;
        Task[] tasks = [.. Enumerable.Range(0, 10_000).Select(_ => Task.Run(() => Interlocked.Increment(ref ran)))];
        Check.That(Task.WaitAll(tasks, PatienceMilliseconds));
        Check.Equal(10_000, ran);
    }

    [KernelTest]
    internal static void Awaits_follow_each_other_across_threads()
    {
        Check.Equal(55, Sum(10).Result);

        static async Task<int> Sum(int n)
        {
            if (n == 0)
            {
                return 0;
            }

            await Task.Yield();
            return n + await Sum(n - 1).ConfigureAwait(false);
        }
    }

    [KernelTest]
    internal static void An_exception_of_a_task_comes_to_the_one_who_waits()
    {
        Task task = Task.Run(() => throw new InvalidOperationException("on purpose"));
        string? message = null;
        try
        {
            task.Wait();
        }
        catch (AggregateException e)
        {
            message = e.InnerException?.Message;
        }

        Check.That(message == "on purpose");
    }

    [KernelTest]
    internal static void A_delay_takes_as_long_as_it_says_and_can_be_cancelled()
    {
        long start = Stopwatch.GetTimestamp();
        Task.Delay(20).Wait();
        Check.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 19);
        using var cancellation = new CancellationTokenSource(10);
        bool cancelled = false;
        try
        {
            Task.Delay(PatienceMilliseconds, cancellation.Token).Wait();
        }
        catch (AggregateException e) when (e.InnerException is TaskCanceledException)
        {
            cancelled = true;
        }

        Check.That(cancelled);
    }

    [KernelTest]
    internal static void A_timer_ticks_until_it_is_disposed()
    {
        int ticks = 0;
        var timer = new Timer(_ => Interlocked.Increment(ref ticks), null, 2, 2);
        Check.That(SpinWait.SpinUntil(() => Volatile.Read(ref ticks) >= 5, PatienceMilliseconds));
        using var disposed = new ManualResetEvent(false);
        timer.Dispose(disposed);
        Check.That(disposed.WaitOne(PatienceMilliseconds));
        int last = ticks;
        Thread.Sleep(20);
        Check.Equal(last, ticks);
    }

    [KernelTest]
    internal static void A_periodic_timer_can_be_awaited()
    {
        Check.Equal(3, CountAsync().Result);

        static async Task<int> CountAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
            int ticks = 0;
            while (ticks < 3 && await timer.WaitForNextTickAsync())
            {
                ticks++;
            }

            return ticks;
        }
    }

    [KernelTest]
    internal static void Parallel_loops_visit_every_index_once()
    {
        int[] visits = new int[2000];
        Parallel.For(0, visits.Length, i => Interlocked.Increment(ref visits[i]));
        Check.That(Array.TrueForAll(visits, count => count == 1));
        long sum = 0;
        Parallel.ForEach(Enumerable.Range(1, 1000), n => Interlocked.Add(ref sum, n));
        Check.Equal(500_500, sum);
        Check.Equal(332_833_500, Enumerable.Range(0, 1000).AsParallel().Select(n => (long)n * n).Sum());
    }

    [KernelTest]
    internal static void A_channel_carries_all_from_many_writers_to_many_readers()
    {
        Check.Equal(4 * 5050, CarryAsync().Result);

        static async Task<int> CarryAsync()
        {
            var channel = Channel.CreateBounded<int>(8);
            int sum = 0;
            Task[] readers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                await foreach (int n in channel.Reader.ReadAllAsync())
                {
                    Interlocked.Add(ref sum, n);
                }
            }))];
            Task[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                for (int n = 1; n <= 100; n++)
                {
                    await channel.Writer.WriteAsync(n);
                }
            }))];
            await Task.WhenAll(writers);
            channel.Writer.Complete();
            await Task.WhenAll(readers);
            return sum;
        }
    }

    [KernelTest]
    internal static void A_slim_semaphore_can_be_awaited()
    {
        Check.Equal(1, MostAsync().Result);

        static async Task<int> MostAsync()
        {
            using var semaphore = new SemaphoreSlim(1);
            int inside = 0;
            int most = 0;
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
            {
                await semaphore.WaitAsync();
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                semaphore.Release();
            })));
            return most;
        }
    }

    [KernelTest]
    internal static void Tasks_that_wait_for_each_other_get_more_threads()
    {
        // More tasks block than the pool begins with; the one that lets them go comes last.
        using var gate = new ManualResetEventSlim();
        Task[] tasks = [.. Enumerable.Range(0, Environment.ProcessorCount + 2).Select(_ => Task.Run(() => gate.Wait())), Task.Run(gate.Set)];
        Check.That(Task.WaitAll(tasks, PatienceMilliseconds));
    }

    [KernelTest]
    internal static void A_registered_wait_is_called_when_its_event_is_set()
    {
        using var signal = new AutoResetEvent(false);
        using var called = new ManualResetEvent(false);
        RegisteredWaitHandle registration = ThreadPool.RegisterWaitForSingleObject(
            signal, (_, timedOut) => called.Set(), null, PatienceMilliseconds, true);
        signal.Set();
        Check.That(called.WaitOne(PatienceMilliseconds));
        registration.Unregister(null);
    }

    [KernelTest(MinimumCores = 2)]
    internal static void The_number_of_processors_is_that_of_the_cores() =>
        Check.Equal(Cores.Count, Environment.ProcessorCount);
}

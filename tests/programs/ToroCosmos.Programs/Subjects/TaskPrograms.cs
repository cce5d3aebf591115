using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class TaskPrograms
{
    public static ProgramGroup All { get; } = new(nameof(TaskPrograms))
    {
        RunResult, ResultOfUnfinished, WaitAllAny, Continuations, ContinueOnFault, Children, Exceptions, Unobserved, CancelBeforeStart, CancelWhileRunning, LongRunning, Schedulers, ConcurrentExclusive,
        ThreadPoolItems, ThreadPoolFacts, RegisteredWaits, FactoryAndUnwrap, TaskStates, FromAsyncPattern, WaitAsyncTimeout, ManyTasks, NestedBlocking, Progresses,
        UnboundedChannel, BoundedChannel, DroppingChannel, ManyProducers, ChannelCompletion, PriorityChannel,
    };

    private static async Task<string> RunResult() => Answer.Of(await Task.Run(() => 6 * 7), Task.Run(() => Thread.CurrentThread.IsThreadPoolThread).Result, await Task.Run(async () => await Task.FromResult("x")));

    private static string ResultOfUnfinished()
    {
        Task<int> task = Task.Run(() =>
        {
            Thread.Sleep(20);
            return 5;
        });
        return Answer.Of(task.Result, task.Wait(0), task.Status);
    }

    private static string WaitAllAny()
    {
        Task<int>[] tasks = [.. Enumerable.Range(1, 4).Select(n => Task.Run(() => n * n))];
        Task.WaitAll(tasks);
        var never = new TaskCompletionSource();
        int any = Task.WaitAny(never.Task, tasks[0]);
        return Answer.Of(tasks.Select(task => task.Result), any, Task.WaitAll([never.Task], 5));
    }

    private static async Task<string> Continuations()
    {
        Task<string> chain = Task.Run(() => 1).ContinueWith(task => task.Result + 1).ContinueWith(task => "n=" + task.Result, TaskContinuationOptions.ExecuteSynchronously);
        string all = await Task.Factory.ContinueWhenAll([Task.Run(() => 1), Task.Run(() => 2)], tasks => string.Join('+', tasks.Select(task => task.Result)));
        return Answer.Of(await chain, all);
    }

    private static async Task<string> ContinueOnFault()
    {
        Task<int> fault = Task.Run(new Func<int>(() => throw new FormatException("bad")));
        string caught = await fault.ContinueWith(task => task.Exception!.InnerException!.Message, TaskContinuationOptions.OnlyOnFaulted);
        Task skipped = fault.ContinueWith(_ => { }, TaskContinuationOptions.OnlyOnRanToCompletion);
        try
        {
            await skipped;
        }
        catch (OperationCanceledException)
        {
            return Answer.Of(caught, skipped.Status);
        }

        return "nothing";
    }

    private static string Children()
    {
        int done = 0;
        Task.Factory.StartNew(() =>
        {
            for (int i = 0; i < 3; i++)
            {
                Task.Factory.StartNew(() => Interlocked.Increment(ref done), TaskCreationOptions.AttachedToParent);
            }
        }).Wait();
        return Answer.Of(done);
    }

    private static string Exceptions()
    {
        Task task = Task.Run(() => throw new InvalidOperationException("inside"));
        try
        {
            task.Wait();
        }
        catch (AggregateException exception)
        {
            return Answer.Of(exception.InnerException!.Message, task.IsFaulted, task.Status, exception.Message);
        }

        return "nothing";
    }

    private static string Unobserved()
    {
        Task task = Task.FromException(new FormatException("seen"));
        return Answer.Of(task.Exception!.InnerExceptions.Count, task.IsCanceled, Task.FromCanceled(new CancellationToken(true)).Status);
    }

    private static async Task<string> CancelBeforeStart()
    {
        Task task = Task.Run(() => { }, new CancellationToken(true));
        try
        {
            await task;
        }
        catch (TaskCanceledException exception)
        {
            return Answer.Of(exception.Message, task.Status, exception.Task == task);
        }

        return "ran";
    }

    private static async Task<string> CancelWhileRunning()
    {
        using var source = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        Task task = Task.Run(() =>
        {
            started.SetResult();
            while (true)
            {
                source.Token.ThrowIfCancellationRequested();
                Thread.Yield();
            }
        }, source.Token);
        await started.Task;
        await source.CancelAsync();
        await Task.WhenAny(task);
        return Answer.Of(task.IsCanceled);
    }

    private static async Task<string> LongRunning() => Answer.Of(
        await Task.Factory.StartNew(() => Thread.CurrentThread.IsThreadPoolThread, default, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    private static string Schedulers()
    {
        var scheduler = new OneByOne();
        Task<int>[] tasks = [.. Enumerable.Range(0, 4).Select(n => Task.Factory.StartNew(() => n * 2, default, TaskCreationOptions.None, scheduler))];
        bool any = tasks.Any(task => task.IsCompleted);
        int ran = scheduler.RunAll();
        return Answer.Of(any, ran, tasks.Sum(task => task.Result), TaskScheduler.Current == TaskScheduler.Default);
    }

    private static string ConcurrentExclusive()
    {
        var pair = new ConcurrentExclusiveSchedulerPair();
        int unsafeCount = 0;
        Task[] tasks = [.. Enumerable.Range(0, 100).Select(_ => Task.Factory.StartNew(() => unsafeCount++, default, TaskCreationOptions.None, pair.ExclusiveScheduler))];
        Task.WaitAll(tasks);
        pair.Complete();
        pair.Completion.Wait();
        return Answer.Of(unsafeCount);
    }

    private static string ThreadPoolItems()
    {
        using var done = new CountdownEvent(500);
        long sum = 0;
        for (int i = 0; i < 500; i++)
        {
            ThreadPool.QueueUserWorkItem(n =>
            {
                Interlocked.Add(ref sum, n);
                done.Signal();
            }, i, preferLocal: i % 2 == 0);
        }

        return Answer.Of(done.Wait(20_000), sum);
    }

    private static string ThreadPoolFacts()
    {
        ThreadPool.GetMinThreads(out int workers, out _);
        ThreadPool.GetMaxThreads(out int most, out _);
        return Answer.Of(workers == Environment.ProcessorCount, most >= workers, ThreadPool.ThreadCount >= 0, ThreadPool.SetMinThreads(workers, 1));
    }

    private static string RegisteredWaits()
    {
        using var signal = new AutoResetEvent(false);
        using var ran = new ManualResetEventSlim();
        bool? timedOut = null;
        RegisteredWaitHandle handle = ThreadPool.RegisterWaitForSingleObject(signal, (_, late) =>
        {
            timedOut = late;
            ran.Set();
        }, null, 20_000, executeOnlyOnce: true);
        signal.Set();
        bool in20 = ran.Wait(20_000);
        handle.Unregister(null);
        return Answer.Of(in20, timedOut);
    }

    private static async Task<string> FactoryAndUnwrap()
    {
        Task<Task<int>> nested = Task.Factory.StartNew(async () =>
        {
            await Task.Yield();
            return 9;
        });
        return Answer.Of(await nested.Unwrap(), await await nested);
    }

    private static string TaskStates()
    {
        var task = new Task<int>(() => 3);
        TaskStatus created = task.Status;
        task.RunSynchronously();
        return Answer.Of(created, task.Status, task.Result, task.AsyncState, Task.CurrentId is null, task.Id > 0);
    }

    private static string FromAsyncPattern()
    {
        using var stream = new System.IO.MemoryStream([1, 2, 3]);
        byte[] buffer = new byte[8];
        int read = Task<int>.Factory.FromAsync(stream.BeginRead, stream.EndRead, buffer, 0, 8, null).Result;
        return Answer.Of(read, buffer[2]);
    }

    private static async Task<string> WaitAsyncTimeout()
    {
        var never = new TaskCompletionSource<int>();
        try
        {
            return Answer.Of(await never.Task.WaitAsync(TimeSpan.FromMilliseconds(10)));
        }
        catch (TimeoutException exception)
        {
            return Answer.Of(exception.Message, await Task.FromResult(4).WaitAsync(TimeSpan.FromSeconds(1)));
        }
    }

    private static async Task<string> ManyTasks()
    {
        int[] results = await Task.WhenAll(Enumerable.Range(0, 2000).Select(n => Task.Run(() => n % 7)));
        return Answer.Of(results.Length, results.Sum());
    }

    private static string NestedBlocking() => Answer.Of(Task.Run(() => Task.Run(() => Task.Run(() => 3).Result + 1).Result + 1).Result);

    private static async Task<string> Progresses()
    {
        var reported = new TaskCompletionSource<int>();
        IProgress<int> progress = new Progress<int>(percent => reported.TrySetResult(percent));
        progress.Report(50);
        return Answer.Of(await reported.Task);
    }

    private static async Task<string> UnboundedChannel()
    {
        var channel = Channel.CreateUnbounded<int>();
        Task producer = Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
            {
                await channel.Writer.WriteAsync(i);
            }

            channel.Writer.Complete();
        });
        int sum = 0;
        await foreach (int n in channel.Reader.ReadAllAsync())
        {
            sum += n;
        }

        await producer;
        return Answer.Of(sum);
    }

    private static async Task<string> BoundedChannel()
    {
        var channel = Channel.CreateBounded<string>(2);
        bool first = channel.Writer.TryWrite("a"), second = channel.Writer.TryWrite("b"), third = channel.Writer.TryWrite("c");
        ValueTask waiting = channel.Writer.WriteAsync("d");
        bool before = waiting.IsCompleted;
        string read = await channel.Reader.ReadAsync();
        await waiting;
        return Answer.Of(first, second, third, before, read, channel.Reader.Count);
    }

    private static async Task<string> DroppingChannel()
    {
        List<int> dropped = [];
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropOldest }, dropped.Add);
        for (int i = 0; i < 4; i++)
        {
            await channel.Writer.WriteAsync(i);
        }

        channel.Writer.Complete();
        return Answer.Of(dropped, await channel.Reader.ReadAllAsync().ToListAsync());
    }

    private static async Task<string> ManyProducers()
    {
        var channel = Channel.CreateBounded<int>(new BoundedChannelOptions(8) { SingleReader = true });
        Task producers = Task.WhenAll(Enumerable.Range(0, 8).Select(p => Task.Run(async () =>
        {
            for (int i = 0; i < 50; i++)
            {
                await channel.Writer.WriteAsync((p * 1000) + i);
            }
        }))).ContinueWith(_ => channel.Writer.Complete());
        Dictionary<int, int> last = [];
        bool ordered = true;
        int count = 0;
        await foreach (int n in channel.Reader.ReadAllAsync())
        {
            ordered &= !last.TryGetValue(n / 1000, out int before) || before < n;
            last[n / 1000] = n;
            count++;
        }

        await producers;
        return Answer.Of(count, ordered);
    }

    private static async Task<string> ChannelCompletion()
    {
        var channel = Channel.CreateUnbounded<int>();
        channel.Writer.Complete(new FormatException("ended badly"));
        bool more = false;
        try
        {
            more = await channel.Reader.WaitToReadAsync();
        }
        catch (FormatException exception)
        {
            return Answer.Of(exception.Message, more, channel.Writer.TryWrite(1), channel.Reader.Completion.IsFaulted);
        }

        return "nothing";
    }

    private static async Task<string> PriorityChannel()
    {
        var channel = Channel.CreateUnboundedPrioritized<int>();
        foreach (int n in new[] { 5, 1, 3 })
        {
            channel.Writer.TryWrite(n);
        }

        channel.Writer.Complete();
        return Answer.Of(await channel.Reader.ReadAllAsync().ToListAsync());
    }

    private sealed class OneByOne : TaskScheduler
    {
        private readonly Queue<Task> _tasks = new();

        public int RunAll()
        {
            int ran = 0;
            while (_tasks.TryDequeue(out Task? task))
            {
                ran += TryExecuteTask(task) ? 1 : 0;
            }

            return ran;
        }

        protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

        protected override void QueueTask(Task task) => _tasks.Enqueue(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class AsyncMethods
{
    public static ProgramGroup All { get; } = new(nameof(AsyncMethods))
    {
        Completed, Sequence, Exceptions, FinallyAfterAwait, ValueTasks, CompletionSources, AsyncStreams, AsyncStreamDisposed, CancelledStream, CustomAwaiter, AsyncLocals,
        AwaitInCatch, WhenAlls, WhenAnys, WhenEachs, Delays, Yields, ConfigureAwaits, SynchronizationContexts, ManySteps, Recursion, LazyAsync, AsyncDelegates, StackTraceOfAsync,
    };

    private static async Task<string> Completed() => Answer.Of(await Task.FromResult(5), await new ValueTask<int>(6), Task.CompletedTask.IsCompletedSuccessfully);

    private static async Task<string> Sequence()
    {
        List<string> log = ["start"];
        await Step("a");
        await Task.WhenAll(Step("b"));
        log.Add("end");
        return Answer.Of(log);

        async Task Step(string name)
        {
            log.Add(name + 1);
            await Task.Yield();
            log.Add(name + 2);
        }
    }

    private static async Task<string> Exceptions()
    {
        try
        {
            await Fails();
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }

        return "nothing";
    }

    private static async Task<string> FinallyAfterAwait()
    {
        List<string> log = [];
        try
        {
            try
            {
                await Task.Yield();
                await Fails();
            }
            finally
            {
                await Task.Delay(1);
                log.Add("finally");
            }
        }
        catch (InvalidOperationException) when (log.Count == 1)
        {
            log.Add("caught");
        }

        return Answer.Of(log);
    }

    private static async Task<string> ValueTasks()
    {
        ValueTask<int> immediate = Cached(1), later = Cached(-1);
        bool known = immediate.IsCompleted;
        return Answer.Of(known, await immediate, await later, await Cached(3).AsTask());

        static async ValueTask<int> Cached(int n)
        {
            if (n < 0)
            {
                await Task.Yield();
            }

            return n * 10;
        }
    }

    private static async Task<string> CompletionSources()
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<int> waiting = Wait();
        bool before = waiting.IsCompleted;
        source.SetResult(41);
        return Answer.Of(before, await waiting, source.TrySetCanceled());

        async Task<int> Wait() => await source.Task + 1;
    }

    private static async Task<string> AsyncStreams()
    {
        List<int> numbers = [];
        await foreach (int n in Count(4))
        {
            numbers.Add(n);
        }

        return Answer.Of(numbers, await Count(5).Where(n => n % 2 == 0).Select(n => n * n).ToListAsync());
    }

    private static async Task<string> AsyncStreamDisposed()
    {
        List<string> log = [];
        await foreach (int n in Items())
        {
            log.Add(n.ToString());
            break;
        }

        return Answer.Of(log);

        async IAsyncEnumerable<int> Items()
        {
            try
            {
                yield return 1;
                await Task.Yield();
                yield return 2;
            }
            finally
            {
                await Task.Yield();
                log.Add("disposed");
            }
        }
    }

    private static async Task<string> CancelledStream()
    {
        using var source = new CancellationTokenSource();
        int seen = 0;
        try
        {
            await foreach (int _ in Forever().WithCancellation(source.Token))
            {
                if (++seen == 3)
                {
                    source.Cancel();
                }
            }
        }
        catch (OperationCanceledException)
        {
            return Answer.Of("cancelled", seen);
        }

        return "not cancelled";

        static async IAsyncEnumerable<int> Forever([EnumeratorCancellation] CancellationToken token = default)
        {
            for (int i = 0; ; i++)
            {
                token.ThrowIfCancellationRequested();
                await Task.Yield();
                yield return i;
            }
        }
    }

    private static async Task<string> CustomAwaiter() => Answer.Of(await new Awaitable(7), await TimeSpan.FromMilliseconds(1));

    private static async Task<string> AsyncLocals()
    {
        var local = new AsyncLocal<string> { Value = "outer" };
        string? inner = await Task.Run(async () =>
        {
            string? inherited = local.Value;
            local.Value = "inner";
            await Task.Yield();
            return inherited + "/" + local.Value;
        });
        return Answer.Of(inner, local.Value);
    }

    private static async Task<string> AwaitInCatch()
    {
        try
        {
            await Fails();
            return "nothing";
        }
        catch (InvalidOperationException exception)
        {
            await Task.Yield();
            return await Task.FromResult("after " + exception.Message);
        }
    }

    private static async Task<string> WhenAlls()
    {
        int[] squares = await Task.WhenAll(Enumerable.Range(1, 5).Select(async n =>
        {
            await Task.Delay(6 - n);
            return n * n;
        }));
        Task all = Task.WhenAll(Fails(), Task.FromException(new FormatException("other")), Task.CompletedTask);
        try
        {
            await all;
        }
        catch (Exception exception)
        {
            return Answer.Of(squares, exception is InvalidOperationException or FormatException, all.Exception!.InnerExceptions.Select(inner => inner.GetType().Name).Order());
        }

        return "nothing";
    }

    private static async Task<string> WhenAnys()
    {
        var never = new TaskCompletionSource<string>();
        Task<string> first = await Task.WhenAny(never.Task, Later("soon", 5));
        return Answer.Of(await first, never.Task.IsCompleted);
    }

    private static async Task<string> WhenEachs()
    {
        List<string> order = [];
        var slow = new TaskCompletionSource<string>();
        await foreach (Task<string> done in Task.WhenEach(slow.Task, Later("first", 1)))
        {
            order.Add(await done);
            slow.TrySetResult("second");
        }

        return Answer.Of(order);
    }

    private static async Task<string> Delays()
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.Delay(30);
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return Answer.Of(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds >= 48, Task.Delay(0).IsCompleted);
    }

    private static async Task<string> Yields()
    {
        int sum = 0;
        for (int i = 0; i < 200; i++)
        {
            await Task.Yield();
            sum += i;
        }

        return Answer.Of(sum);
    }

    private static async Task<string> ConfigureAwaits()
    {
        await Task.Delay(1).ConfigureAwait(false);
        await Fails().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return "went on";
    }

    private static string SynchronizationContexts()
    {
        var context = new Queued();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            Task<string> task = Body();
            int steps = context.RunUntil(task);
            return Answer.Of(task.Result, steps > 0);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        async Task<string> Body()
        {
            int thread = Environment.CurrentManagedThreadId;
            await Task.Yield();
            await Task.Delay(2);
            return Answer.Of(thread == Environment.CurrentManagedThreadId, SynchronizationContext.Current == context);
        }
    }

    private static async Task<string> ManySteps()
    {
        int total = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async n =>
        {
            for (int i = 0; i < 20; i++)
            {
                await Task.Yield();
                Interlocked.Increment(ref total);
            }
        }));
        return Answer.Of(total);
    }

    private static async Task<string> Recursion() => Answer.Of(await Fibonacci(15));

    private static async Task<string> LazyAsync()
    {
        int made = 0;
        var lazy = new Lazy<Task<int>>(async () =>
        {
            await Task.Yield();
            return ++made;
        });
        int[] values = await Task.WhenAll(lazy.Value, lazy.Value);
        return Answer.Of(values, made);
    }

    private static async Task<string> AsyncDelegates()
    {
        Func<int, Task<int>> twice = async n =>
        {
            await Task.Yield();
            return 2 * n;
        };
        Func<Task>? steps = null;
        int count = 0;
        steps += async () => { await Task.Yield(); count++; };
        steps += async () => { await Task.Yield(); count += 10; };
        await Task.WhenAll(steps.GetInvocationList().Cast<Func<Task>>().Select(step => step()));
        return Answer.Of(await twice(21), count);
    }

    private static async Task<string> StackTraceOfAsync()
    {
        try
        {
            await Outer();
        }
        catch (InvalidOperationException exception)
        {
            string trace = exception.ToString();
            return Answer.Of(trace.Contains(nameof(Fails)), trace.Contains("Outer"));
        }

        return "nothing";

        static async Task Outer() => await Fails();
    }

    private static async Task<int> Fibonacci(int n)
    {
        if (n < 2)
        {
            await Task.CompletedTask;
            return n;
        }

        return await Fibonacci(n - 1) + await Fibonacci(n - 2);
    }

    private static async Task<string> Later(string text, int milliseconds)
    {
        await Task.Delay(milliseconds);
        return text;
    }

    private static async Task Fails()
    {
        await Task.Yield();
        throw new InvalidOperationException("failed later");
    }

    private static async IAsyncEnumerable<int> Count(int end)
    {
        for (int i = 1; i <= end; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }

    private static TaskAwaiter<string> GetAwaiter(this TimeSpan span) => Later($"after {span.TotalMilliseconds} ms", (int)span.TotalMilliseconds).GetAwaiter();

    private sealed class Awaitable(int value)
    {
        public Awaiter GetAwaiter() => new(value);
    }

    private readonly struct Awaiter(int value) : INotifyCompletion
    {
        public bool IsCompleted => false;

        public void OnCompleted(Action continuation) => continuation();

        public int GetResult() => value;
    }

    private sealed class Queued : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();

        public override void Post(SendOrPostCallback d, object? state)
        {
            lock (_queue)
            {
                _queue.Enqueue((d, state));
                Monitor.Pulse(_queue);
            }
        }

        public int RunUntil(Task task)
        {
            int steps = 0;
            while (!task.IsCompleted)
            {
                (SendOrPostCallback Callback, object? State) item;
                lock (_queue)
                {
                    if (_queue.Count == 0 && !Monitor.Wait(_queue, 1000))
                    {
                        continue;
                    }

                    item = _queue.Dequeue();
                }

                item.Callback(item.State);
                steps++;
            }

            return steps;
        }
    }
}

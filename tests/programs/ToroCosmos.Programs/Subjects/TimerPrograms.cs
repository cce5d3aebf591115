using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class TimerPrograms
{
    public static ProgramGroup All { get; } = new(nameof(TimerPrograms))
    {
        OneShot, Periodic, ChangeAndDispose, PeriodicTimers, SystemTimersTimer, ManyTimers, TimerOrder, FakeTimeProvider, SleepAtLeast, CancelAfters, CancelledDelay, LinkedTokens,
        Registrations, RegistrationDisposed, CallbackThrows, ThrowIfCancelled, TokenWaitHandle, TimeoutOfSource,
    };

    private static string OneShot()
    {
        using var fired = new ManualResetEventSlim();
        int count = 0;
        using var timer = new Timer(_ =>
        {
            Interlocked.Increment(ref count);
            fired.Set();
        }, null, 10, Timeout.Infinite);
        bool inTime = fired.Wait(20_000);
        Thread.Sleep(30);
        return Answer.Of(inTime, count);
    }

    private static string Periodic()
    {
        using var five = new CountdownEvent(5);
        using var timer = new Timer(_ =>
        {
            if (!five.IsSet)
            {
                five.Signal();
            }
        }, null, 5, 5);
        return Answer.Of(five.Wait(20_000));
    }

    private static string ChangeAndDispose()
    {
        int count = 0;
        var timer = new Timer(_ => Interlocked.Increment(ref count));
        bool changed = timer.Change(1, Timeout.Infinite);
        SpinWait.SpinUntil(() => Volatile.Read(ref count) == 1, 20_000);
        using var disposed = new ManualResetEvent(false);
        timer.Dispose(disposed);
        bool ended = disposed.WaitOne(20_000);
        return Answer.Of(changed, count, ended, timer.Change(1, 1));
    }

    private static async Task<string> PeriodicTimers()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(3));
        int ticks = 0;
        while (await timer.WaitForNextTickAsync())
        {
            if (++ticks == 4)
            {
                timer.Dispose();
            }
        }

        return Answer.Of(ticks);
    }

    private static string SystemTimersTimer()
    {
        using var fired = new ManualResetEventSlim();
        using var timer = new System.Timers.Timer(5) { AutoReset = false };
        timer.Elapsed += (_, _) => fired.Set();
        timer.Start();
        return Answer.Of(fired.Wait(20_000), timer.AutoReset);
    }

    private static string ManyTimers()
    {
        using var all = new CountdownEvent(200);
        Timer[] timers = [.. Enumerable.Range(0, 200).Select(n => new Timer(_ => all.Signal(), null, 1 + (n % 10), Timeout.Infinite))];
        bool fired = all.Wait(20_000);
        Array.ForEach(timers, timer => timer.Dispose());
        return Answer.Of(fired);
    }

    private static string TimerOrder()
    {
        List<int> order = [];
        using var done = new CountdownEvent(3);
        Timer[] timers = [.. new[] { 240, 20, 130 }.Select(due => new Timer(_ =>
        {
            lock (order)
            {
                order.Add(due);
            }

            done.Signal();
        }, null, due, Timeout.Infinite))];
        bool all = done.Wait(20_000);
        Array.ForEach(timers, timer => timer.Dispose());
        return Answer.Of(all, order);
    }

    private static async Task<string> FakeTimeProvider()
    {
        var time = new PlayedTime();
        Task delay = Task.Delay(TimeSpan.FromHours(5), time);
        bool before = delay.IsCompleted;
        time.Advance();
        await delay;
        return Answer.Of(before, delay.IsCompletedSuccessfully, time.Due);
    }

    private static string SleepAtLeast()
    {
        long start = Stopwatch.GetTimestamp();
        Thread.Sleep(25);
        double slept = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Thread.Sleep(0);
        return Answer.Of(slept >= 24);
    }

    private static async Task<string> CancelAfters()
    {
        using var source = new CancellationTokenSource();
        source.CancelAfter(10);
        try
        {
            await Task.Delay(Timeout.Infinite, source.Token);
        }
        catch (OperationCanceledException exception)
        {
            return Answer.Of(exception.CancellationToken == source.Token, source.IsCancellationRequested, exception.GetType().Name);
        }

        return "not cancelled";
    }

    private static async Task<string> CancelledDelay()
    {
        using var source = new CancellationTokenSource();
        Task delay = Task.Delay(60_000, source.Token);
        source.Cancel();
        await Task.WhenAny(delay);
        return Answer.Of(delay.Status);
    }

    private static string LinkedTokens()
    {
        using var a = new CancellationTokenSource();
        using var b = new CancellationTokenSource();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(a.Token, b.Token);
        bool before = linked.IsCancellationRequested;
        b.Cancel();
        return Answer.Of(before, linked.IsCancellationRequested, a.IsCancellationRequested, CancellationToken.None.CanBeCanceled);
    }

    private static string Registrations()
    {
        List<int> called = [];
        using var source = new CancellationTokenSource();
        source.Token.Register(() => called.Add(1));
        source.Token.Register(state => called.Add((int)state!), 2);
        source.Cancel();
        source.Token.Register(() => called.Add(3));
        return Answer.Of(called);
    }

    private static string RegistrationDisposed()
    {
        int called = 0;
        using var source = new CancellationTokenSource();
        CancellationTokenRegistration registration = source.Token.Register(() => called++);
        bool removed = registration.Unregister();
        source.Cancel();
        return Answer.Of(called, removed, registration.Unregister(), source.TryReset());
    }

    private static string CallbackThrows()
    {
        using var source = new CancellationTokenSource();
        source.Token.Register(() => throw new FormatException("one"));
        source.Token.Register(() => throw new InvalidOperationException("two"));
        try
        {
            source.Cancel();
        }
        catch (AggregateException exception)
        {
            return Answer.Of(exception.InnerExceptions.Select(inner => inner.Message), source.IsCancellationRequested);
        }

        return "nothing";
    }

    private static string ThrowIfCancelled()
    {
        var token = new CancellationToken(canceled: true);
        token.ThrowIfCancellationRequested();
        return "not thrown";
    }

    private static string TokenWaitHandle()
    {
        using var source = new CancellationTokenSource();
        bool before = source.Token.WaitHandle.WaitOne(1);
        ThreadPool.QueueUserWorkItem(_ => source.Cancel());
        return Answer.Of(before, source.Token.WaitHandle.WaitOne(20_000));
    }

    private static string TimeoutOfSource()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
        return Answer.Of(source.Token.WaitHandle.WaitOne(20_000), source.IsCancellationRequested);
    }

    private sealed class PlayedTime : TimeProvider
    {
        private TimerCallback? _callback;
        private object? _state;

        public TimeSpan Due { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state, Due) = (callback, state, dueTime);
            return new PlayedTimer();
        }

        public void Advance() => _callback!(_state);

        private sealed class PlayedTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}

using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Tasks;

/// <summary>
/// Asynchronous code on one core: whatever follows an <c>await</c> runs on the thread that runs the loop, so it may use what
/// belongs to that core alone, such as its end of the bus. While nothing is to be done the thread waits for all that its
/// code awaits at once, and other threads run.
/// </summary>
/// <remarks>
/// <c>ConfigureAwait(false)</c> leaves the loop: what follows runs on the thread pool, and on any core.
/// </remarks>
public sealed class CoreLoop : SynchronizationContext
{
    private readonly ConcurrentQueue<Work> _posted = new();
    private readonly List<LoopWait> _waits = [];
    private readonly PostedWork _work;
    private readonly CoreSleep _sleep;
    private readonly Waiter _waiter;
    private readonly Thread _thread = Thread.CurrentThread;

    private CoreLoop(int core, CoreSleep sleep)
    {
        Core = core;
        _sleep = sleep;
        _work = new PostedWork(core, _posted);
        _waiter = new Waiter(sleep, Cores.Lengths, TickScale.OfClock);
    }

    /// <summary>The core.</summary>
    public int Core { get; }

    /// <summary>
    /// Runs asynchronous code on the calling thread until it has finished; the thread must stay on its core
    /// (<see cref="Cores.StayOn"/>), as <c>Main</c>'s does.
    /// </summary>
    /// <param name="code">What to run.</param>
    /// <exception cref="InvalidOperationException"><see cref="Cores.Start"/> was not called.</exception>
    public static void Run(Func<Task> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        CoreSleep sleep = Cores.Sleep ?? throw new InvalidOperationException("Nothing can be awaited before Cores.Start.");
        var loop = new CoreLoop(Cores.Current, sleep);
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(loop);
        try
        {
            Task task = code();
            loop.RunUntil(task);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>As the other form, with a result.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="code">What to run.</param>
    /// <exception cref="InvalidOperationException"><see cref="Cores.Start"/> was not called.</exception>
    public static T Run<T>(Func<Task<T>> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        Task<T>? task = null;
        Run(() => (Task)(task = code()));
        return task!.Result;
    }

    /// <summary>Waits until there may be news for the core.</summary>
    /// <param name="source">What has them.</param>
    /// <param name="deadline">A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False when the deadline passed first.</returns>
    /// <exception cref="InvalidOperationException">The caller is in no loop, or in that of another core.</exception>
    public static Task<bool> WaitAsync(WaitSource source, ulong deadline, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (Current is not CoreLoop loop || loop.Core != source.Core)
        {
            throw new InvalidOperationException("A core's news are awaited in code that CoreLoop.Run runs on that core.");
        }

        var wait = new LoopWait(source, deadline, cancellation);
        wait.WakeOnCancellation(loop);
        loop._waits.Add(wait);
        return wait.Task;
    }

    /// <summary>Runs a function in the loop, after those that were posted before. From any thread.</summary>
    /// <param name="d">The function.</param>
    /// <param name="state">What it is called with.</param>
    public override void Post(SendOrPostCallback d, object? state)
    {
        _posted.Enqueue(new Work(d, state));
        _work.WakeIfAsleep(_sleep);
    }

    /// <summary>Runs a function in the loop and waits for its end.</summary>
    /// <param name="d">The function.</param>
    /// <param name="state">What it is called with.</param>
    public override void Send(SendOrPostCallback d, object? state)
    {
        ArgumentNullException.ThrowIfNull(d);
        if (Thread.CurrentThread == _thread)
        {
            d(state);
            return;
        }

        using var done = new ManualResetEventSlim();
        Post(
            _ =>
            {
                d(state);
                done.Set();
            },
            null);
        done.Wait();
    }

    /// <summary>Has the loop look whether something has come to its end. From any thread.</summary>
    internal void Look() => Post(static _ => { }, null);

    private void RunUntil(Task task)
    {
        // It may end on another thread, which has to wake this one.
        task.ContinueWith(_ => Look(), TaskScheduler.Default);
        LoopNews news = new(_work, _waits);
        while (!task.IsCompleted)
        {
            if (RunPosted() || CompleteWaits() || task.IsCompleted || _waiter.Poll(news))
            {
                continue;
            }

            ulong deadline = ulong.MaxValue;
            foreach (LoopWait wait in _waits)
            {
                wait.Source.Flush();
                deadline = Math.Min(deadline, wait.Deadline);
            }

            _waiter.Sleep(news, deadline);
        }
    }

    private bool RunPosted()
    {
        if (!_posted.TryDequeue(out Work work))
        {
            return false;
        }

        work.Function(work.State);
        return true;
    }

    /// <summary>Ends one wait that has come to its end, if there is one: what follows may begin and end others.</summary>
    private bool CompleteWaits()
    {
        for (int i = 0; i < _waits.Count; i++)
        {
            LoopWait wait = _waits[i];
            if (wait.IsOver())
            {
                _waits.RemoveAt(i);
                wait.Complete();
                return true;
            }
        }

        return false;
    }

    private readonly record struct Work(SendOrPostCallback Function, object? State);

    /// <summary>What other threads posted.</summary>
    private sealed class PostedWork(int core, ConcurrentQueue<Work> posted) : WaitSource(core)
    {
        private int _isAsleep;

        public override bool HasNews() => !posted.IsEmpty;

        public override void RequestWakeUp() => Volatile.Write(ref _isAsleep, 1);

        public override void SuppressWakeUps() => Volatile.Write(ref _isAsleep, 0);

        public void WakeIfAsleep(CoreSleep sleep)
        {
            // Orders what was posted before the look at the announcement.
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _isAsleep) != 0)
            {
                sleep.Wake(Core);
            }
        }
    }
}

using System;
using System.Runtime.ExceptionServices;
using System.Threading;
using ToroCosmos.Benchmarking;
using ToroCosmos.HostBenchmarks.Subjects;

namespace ToroCosmos.HostBenchmarks;

/// <summary>A thread on a processor of its own, which never gives that up: it waits for work by looking.</summary>
internal sealed class PinnedThread : SecondCore, IDisposable
{
    /// <summary>The number that this thread has on the buses.</summary>
    public const int Core = 1;

    private readonly Thread _thread;
    private Action? _work;
    private Exception? _failure;
    private bool _isEnding;

    /// <summary>Starts the thread and returns when it waits for work.</summary>
    /// <param name="processor">The number that Linux gives the processor.</param>
    public PinnedThread(int processor)
    {
        using var ready = new ManualResetEventSlim();
        _thread = new Thread(() =>
        {
            SpinSleep.RunAs(Core);
            Try(() => ProcessorPinning.PinThisThread(processor));
            ready.Set();
            Serve();
        })
        {
            IsBackground = true,
        };
        _thread.Start();
        ready.Wait();
        ThrowIfFailed();
    }

    public override void Run(Action work) => Volatile.Write(ref _work, work);

    public override void Join()
    {
        while (Volatile.Read(ref _work) != null)
        {
        }

        ThrowIfFailed();
    }

    public void Dispose()
    {
        Volatile.Write(ref _isEnding, true);
        _thread.Join();
    }

    private void Serve()
    {
        while (!Volatile.Read(ref _isEnding))
        {
            if (Volatile.Read(ref _work) is { } work)
            {
                Try(work);
                Volatile.Write(ref _work, null);
            }
        }
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception)
        {
            // It is the measuring thread's to tell.
            _failure = exception;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure != null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }
}

using System.Threading;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Platform;
using SpinLock = ToroCosmos.NativeAot.Processor.SpinLock;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// A lock, and waiting for a signal of its holder. Those that wait stand in queues, the first come first; a wait ends by a
/// signal or by its deadline, and for no other reason.
/// </summary>
internal unsafe struct Monitor
{
    private const int Free = 0;
    private const int Held = 1;

    /// <summary>Held, and somebody may stand in the queue for it.</summary>
    private const int Wanted = 2;

    private int _state;

    /// <summary>Guards the queues.</summary>
    private SpinLock _guard;
    private Queue _wanting;
    private Queue _waiting;

    public void Acquire()
    {
        if (Interlocked.CompareExchange(ref _state, Held, Free) != Free)
        {
            AcquireWanted();
        }
    }

    public void Release()
    {
        if (Interlocked.Exchange(ref _state, Free) == Wanted)
        {
            _guard.Enter();
            ThreadBlock* next = _wanting.Take();
            _guard.Exit();
            if (next != null)
            {
                Scheduler.Unpark(next);
            }
        }
    }

    /// <summary>Releases the monitor, waits for a signal and acquires the monitor again.</summary>
    /// <param name="deadline">A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    /// <returns>False when the deadline passed first.</returns>
    public bool Wait(ulong deadline)
    {
        ThreadBlock* thread = ThreadBlock.Current();
        _guard.Enter();
        _waiting.Add(thread);
        _guard.Exit();
        Release();
        while (IsQueued(thread) && Clock.Now < deadline)
        {
            Scheduler.Park(deadline);
        }

        _guard.Enter();
        bool signalled = !_waiting.Remove(thread);
        _guard.Exit();
        Acquire();
        return signalled;
    }

    /// <summary>Ends the wait of the first that waits, and releases the monitor.</summary>
    public void SignalAndRelease()
    {
        _guard.Enter();
        ThreadBlock* first = _waiting.Take();
        _guard.Exit();
        Release();
        if (first != null)
        {
            Scheduler.Unpark(first);
        }
    }

    private void AcquireWanted()
    {
        ThreadBlock* thread = ThreadBlock.Current();
        while (Interlocked.Exchange(ref _state, Wanted) != Free)
        {
            _guard.Enter();
            if (Volatile.Read(ref _state) == Wanted)
            {
                _wanting.Add(thread);
            }

            _guard.Exit();
            while (IsQueued(thread))
            {
                Scheduler.Park(ulong.MaxValue);
            }
        }
    }

    private static bool IsQueued(ThreadBlock* thread) => Volatile.Read(ref thread->IsQueued) != 0;

    private struct Queue
    {
        private ThreadBlock* _first;
        private ThreadBlock* _last;

        public void Add(ThreadBlock* thread)
        {
            thread->NextInMonitor = null;
            thread->IsQueued = 1;
            if (_first == null)
            {
                _first = thread;
            }
            else
            {
                _last->NextInMonitor = thread;
            }

            _last = thread;
        }

        public ThreadBlock* Take()
        {
            ThreadBlock* thread = _first;
            if (thread != null)
            {
                _first = thread->NextInMonitor;
                Volatile.Write(ref thread->IsQueued, 0);
            }

            return thread;
        }

        /// <returns>False when it does not stand in the queue.</returns>
        public bool Remove(ThreadBlock* thread)
        {
            if (thread->IsQueued == 0)
            {
                return false;
            }

            ThreadBlock* before = null;
            for (ThreadBlock* other = _first; other != thread; other = other->NextInMonitor)
            {
                before = other;
            }

            if (before == null)
            {
                _first = thread->NextInMonitor;
            }
            else
            {
                before->NextInMonitor = thread->NextInMonitor;
                _last = _last == thread ? before : _last;
            }

            Volatile.Write(ref thread->IsQueued, 0);
            return true;
        }
    }
}

using System;
using ToroCosmos.Platform;

namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// What one core waits for at once: any of several sources. Only that core uses it, and not from interrupt handlers. The
/// boot core makes it; no other call allocates or throws.
/// <para>
/// A wait answers which source has news. Sources take turns: after one was answered with, all others that have news are,
/// once each, before it is again, so that a busy one does not starve the others.
/// </para>
/// </summary>
[AnyCore]
public sealed class WaitSet
{
    private readonly WaitSource?[] _sources;
    private readonly Waiter _waiter;
    private readonly TickScale _ticks;

    /// <summary>The source that is looked at first.</summary>
    private int _first;

    /// <summary>Makes a set with no source in it. Allocates; for the boot core.</summary>
    /// <param name="core">The core that will wait.</param>
    /// <param name="capacity">How many sources the set can hold: 1 or more.</param>
    /// <param name="sleep">How that core sleeps.</param>
    /// <param name="lengths">How long it polls and pauses before it sleeps.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public WaitSet(int core, int capacity, CoreSleep sleep, WaitLengths lengths)
    {
        ArgumentNullException.ThrowIfNull(sleep);
        if (core < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(core), core, "There is no such core.");
        }

        if (capacity < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A wait set holds at least one source.");
        }

        Core = core;
        _sources = new WaitSource?[capacity];
        _ticks = TickScale.OfClock;
        _waiter = new Waiter(sleep, lengths, _ticks);
    }

    /// <summary>The core that waits.</summary>
    public int Core { get; }

    /// <summary>How many sources the set can hold.</summary>
    public int Capacity => _sources.Length;

    /// <summary>How many sources are in the set.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a source. It is looked at from the next wait on.</summary>
    /// <param name="source">The source; null where what was asked for it does not exist.</param>
    /// <returns>
    /// <see cref="WaitStatus.Ok"/>, <see cref="WaitStatus.NoSuchSource"/>, <see cref="WaitStatus.WrongCore"/>,
    /// <see cref="WaitStatus.AlreadyAdded"/> or <see cref="WaitStatus.Full"/>. Unless it is Ok, the set is as it was.
    /// </returns>
    public WaitStatus Add(WaitSource? source)
    {
        if (source == null)
        {
            return WaitStatus.NoSuchSource;
        }

        if (source.Core != Core)
        {
            return WaitStatus.WrongCore;
        }

        if (IndexOf(source) >= 0)
        {
            return WaitStatus.AlreadyAdded;
        }

        if (Count == _sources.Length)
        {
            return WaitStatus.Full;
        }

        _sources[Count++] = source;
        return WaitStatus.Ok;
    }

    /// <summary>Takes a source out; the turns of the others stay as they are.</summary>
    /// <param name="source">The source.</param>
    /// <returns>
    /// <see cref="WaitStatus.Ok"/>, <see cref="WaitStatus.NoSuchSource"/> or <see cref="WaitStatus.NotAdded"/>.
    /// </returns>
    public WaitStatus Remove(WaitSource? source)
    {
        if (source == null)
        {
            return WaitStatus.NoSuchSource;
        }

        int index = IndexOf(source);
        if (index < 0)
        {
            return WaitStatus.NotAdded;
        }

        Count--;
        for (int i = index; i < Count; i++)
        {
            _sources[i] = _sources[i + 1];
        }

        _sources[Count] = null;
        _first -= index < _first ? 1 : 0;
        _first = _first < Count ? _first : 0;
        return WaitStatus.Ok;
    }

    /// <summary>Waits until a source has news, as long as it takes.</summary>
    /// <param name="source">The source; null unless the call is Ok.</param>
    /// <returns><see cref="WaitStatus.Ok"/> or <see cref="WaitStatus.NothingToWaitFor"/>.</returns>
    public WaitStatus Wait(out WaitSource? source) => Await(TimeLimit.None, out source);

    /// <summary>Waits until a source has news, up to a time limit.</summary>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="source">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="WaitStatus.TimedOut"/>.</returns>
    public WaitStatus Wait(ulong timeoutNs, out WaitSource? source)
    {
        WaitStatus status = Await(timeoutNs, out source);
        return status == WaitStatus.NoNews ? WaitStatus.TimedOut : status;
    }

    /// <summary>Looks once which source has news.</summary>
    /// <param name="source">As in the blocking form.</param>
    /// <returns>As the blocking form, or <see cref="WaitStatus.NoNews"/>.</returns>
    public WaitStatus TryWait(out WaitSource? source) => Await(0, out source);

    internal bool NeedsSecondLook
    {
        get
        {
            for (int i = 0; i < Count; i++)
            {
                if (_sources[i]!.NeedsSecondLook)
                {
                    return true;
                }
            }

            return false;
        }
    }

    internal bool HasNews()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_sources[i]!.HasNews())
            {
                return true;
            }
        }

        return false;
    }

    internal void RequestWakeUp()
    {
        for (int i = 0; i < Count; i++)
        {
            _sources[i]!.RequestWakeUp();
        }
    }

    internal void Flush()
    {
        for (int i = 0; i < Count; i++)
        {
            _sources[i]!.Flush();
        }
    }

    internal void SuppressWakeUps()
    {
        for (int i = 0; i < Count; i++)
        {
            _sources[i]!.SuppressWakeUps();
        }
    }

    private WaitStatus Await(ulong timeoutNs, out WaitSource? source)
    {
        WaitSetNews news = new(this);
        ulong deadline = 0;
        while (true)
        {
            if (TakeTurns(out source))
            {
                return WaitStatus.Ok;
            }

            if (!CanHaveNews())
            {
                return WaitStatus.NothingToWaitFor;
            }

            if (timeoutNs == 0)
            {
                return WaitStatus.NoNews;
            }

            deadline = deadline == 0 ? _ticks.DeadlineAfter(timeoutNs) : deadline;
            if (!_waiter.Poll(news) && !Sleep(news, deadline))
            {
                return WaitStatus.NoNews;
            }
        }
    }

    /// <summary>The next source in turn that has news.</summary>
    private bool TakeTurns(out WaitSource? source)
    {
        int index = _first;
        for (int left = Count; left > 0; left--)
        {
            source = _sources[index];
            index = index + 1 < Count ? index + 1 : 0;
            if (source!.HasNews())
            {
                _first = index;
                return true;
            }
        }

        source = null;
        return false;
    }

    private bool Sleep(WaitSetNews news, ulong deadline)
    {
        Flush();
        return _waiter.Sleep(news, deadline);
    }

    private bool CanHaveNews()
    {
        for (int i = 0; i < Count; i++)
        {
            if (_sources[i]!.CanHaveNews)
            {
                return true;
            }
        }

        return false;
    }

    private int IndexOf(WaitSource source)
    {
        for (int i = 0; i < Count; i++)
        {
            if (ReferenceEquals(_sources[i], source))
            {
                return i;
            }
        }

        return -1;
    }
}

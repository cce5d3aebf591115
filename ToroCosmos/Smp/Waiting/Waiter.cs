using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// How a core waits: it looks again at once, then looks again after a pause instruction, then sleeps until it is woken.
/// The first reacts fastest and starves whoever shares the processor; the last costs an interrupt.
/// <para>
/// The last is the sleep protocol of <see cref="CoreSleep"/>: this core announces its sleep, fences, looks once more and
/// halts. Where the other side fences between what it publishes and its look at the announcement, at least one of the two sees
/// the other. A sender of messages does not: what it published may still be in its store buffer, invisible, when it looks for
/// the announcement and finds none. Therefore this core goes on looking until that store has left the buffer, and halts
/// then (<see cref="SecondLooks"/>): no wake-up is lost.
/// </para>
/// </summary>
[AnyCore]
public readonly struct Waiter
{
    // A look at the clock costs several pauses, so a time limit is watched when so many things were looked at.
    private const int ClockInterval = 16;

    private readonly CoreSleep _sleep;
    private readonly SecondLooks _looks;
    private readonly int _pollSteps;
    private readonly int _pauseSteps;

    /// <param name="sleep">How the core sleeps.</param>
    /// <param name="lengths">How long it waits in each way.</param>
    /// <param name="ticks">The scale of the clock.</param>
    public Waiter(CoreSleep sleep, WaitLengths lengths, TickScale ticks)
        : this(sleep, lengths)
    {
        _looks = new SecondLooks(ticks, sleep.HasTimer);
    }

    /// <summary>For what needs no second look.</summary>
    internal Waiter(CoreSleep sleep, WaitLengths lengths)
    {
        _sleep = sleep;
        _looks = default;
        _pollSteps = lengths.PollSteps;
        _pauseSteps = lengths.PauseSteps;
    }

    /// <summary>The first step, which takes about as long for many things as for one.</summary>
    /// <param name="waitable">What to wait for.</param>
    /// <returns>Whether there is news.</returns>
    public bool Poll<TWaitable>(TWaitable waitable)
        where TWaitable : struct, IWaitable
    {
        int sources = waitable.SourceCount;
        for (int left = _pollSteps; left > 0; left -= sources)
        {
            if (waitable.HasNews())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The second and the third step.</summary>
    /// <param name="waitable">What to wait for.</param>
    /// <param name="deadline">A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    /// <returns>Whether there is news; false when the deadline passed first.</returns>
    public bool Sleep<TWaitable>(TWaitable waitable, ulong deadline)
        where TWaitable : struct, IWaitable
    {
        int sources = waitable.SourceCount;
        int untilClock = 0;
        for (int i = 0; i < _pauseSteps; i++)
        {
            Cpu.Pause();
            if (waitable.HasNews())
            {
                return true;
            }

            untilClock -= sources;
            if (untilClock < 0)
            {
                untilClock = ClockInterval - sources;
                if (HasPassed(deadline))
                {
                    return false;
                }
            }
        }

        return Halt(waitable, deadline);
    }

    /// <summary>The third step. The announcement stays until its end, however often the sleep is interrupted.</summary>
    private bool Halt<TWaitable>(TWaitable waitable, ulong deadline)
        where TWaitable : struct, IWaitable
    {
        _sleep.Begin();
        waitable.RequestWakeUp();

        // Orders all announcements before the looks that follow.
        Cpu.FullFence();
        ulong interval = _looks.First;
        ulong look = ulong.MaxValue;
        if (waitable.NeedsSecondLook)
        {
            ulong announced = Clock.Now;
            Settle(waitable, Sooner(announced + _looks.Settling, deadline));
            look = interval == 0 ? ulong.MaxValue : announced + interval;
        }

        while (!waitable.HasNews())
        {
            _sleep.Sleep(Sooner(look, deadline));
            bool hasNews = waitable.HasNews();
            if (hasNews || HasPassed(deadline))
            {
                waitable.SuppressWakeUps();
                return hasNews;
            }

            if (HasPassed(look))
            {
                interval = _looks.Following(interval);
                look = Clock.Now + interval;
            }

            // A wake-up that came between the end of the sleep and this was not remembered, so the loop looks again.
            _sleep.Begin();
        }

        _sleep.Cancel();
        waitable.SuppressWakeUps();
        return true;
    }

    /// <summary>
    /// Waits until what was in store buffers at the announcement can be seen, unless there is news before. The one who calls
    /// looks at it afterwards.
    /// </summary>
    private static void Settle<TWaitable>(TWaitable waitable, ulong end)
        where TWaitable : struct, IWaitable
    {
        do
        {
            if (waitable.HasNews())
            {
                return;
            }

            Cpu.Pause();
        }
        while (Clock.Now < end);
    }

    private static ulong Sooner(ulong one, ulong other) => one < other ? one : other;

    private static bool HasPassed(ulong deadline) => deadline != ulong.MaxValue && Clock.Now >= deadline;
}

using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// How a core waits: it looks again at once, then looks again after a pause instruction, then sleeps until it is woken.
/// The first reacts fastest and starves whoever shares the processor; the last costs an interrupt. The last is the sleep protocol of <see cref="CoreSleep"/>: the announcement
/// is ordered before the last look, as the other side's data is before its look at the announcement, so at least one of
/// the two sees the other and no wake-up is lost.
/// </summary>
/// <param name="sleep">How the core sleeps.</param>
/// <param name="lengths">How long it waits in each way.</param>
[AnyCore]
public readonly struct Waiter(CoreSleep sleep, WaitLengths lengths)
{
    // A look at the clock costs several pauses, so a time limit is watched when so many things were looked at.
    private const int ClockInterval = 16;

    private readonly CoreSleep _sleep = sleep;
    private readonly int _pollSteps = lengths.PollSteps;
    private readonly int _pauseSteps = lengths.PauseSteps;

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

        while (true)
        {
            _sleep.Begin();
            waitable.RequestWakeUp();

            // Orders all announcements before the last look: either this core sees the news, or the other one the
            // announcement.
            Cpu.FullFence();
            if (waitable.HasNews())
            {
                _sleep.Cancel();
                waitable.SuppressWakeUps();
                return true;
            }

            _sleep.Sleep(deadline);
            waitable.SuppressWakeUps();
            if (waitable.HasNews())
            {
                return true;
            }

            if (HasPassed(deadline))
            {
                return false;
            }
        }
    }

    private static bool HasPassed(ulong deadline) => deadline != ulong.MaxValue && Clock.Now >= deadline;
}

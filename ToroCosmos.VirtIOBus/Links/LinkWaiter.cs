using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// How a core waits: it looks again at once, then looks again after a pause instruction, then sleeps until it is woken.
/// The first reacts fastest and starves whoever shares the processor; the last costs an interrupt. The last is the sleep protocol of <see cref="CoreSleep"/>: the announcement
/// is ordered before the last look, as the other side's data is before its look at the announcement, so at least one of
/// the two sees the other and no wake-up is lost.
/// </summary>
internal sealed unsafe class LinkWaiter(CoreSleep sleep, in WaitLengths lengths, uint* cancel = null)
{
    // A look at the clock costs several pauses, so a time limit is watched when so many links were looked at.
    private const int ClockInterval = 16;

    private readonly CoreSleep _sleep = sleep;
    private readonly int _pollSteps = lengths.PollSteps;
    private readonly int _pauseSteps = lengths.PauseSteps;

    // Not 0 when the core is asked to wait no more; null where nobody asks.
    private readonly uint* _cancel = cancel;

    /// <summary>The first step, which takes about as long for many links as for one.</summary>
    /// <returns>Whether there is news.</returns>
    public bool Poll<TLink>(TLink link)
        where TLink : struct, IWaitableLink
    {
        int links = link.LinkCount;
        for (int left = _pollSteps; left > 0; left -= links)
        {
            if (link.HasNews())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The second and the third step.</summary>
    /// <param name="link">What to wait for.</param>
    /// <param name="deadline">A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    /// <returns>Whether there is news, or the core is asked to wait no more; false when the deadline passed first.</returns>
    public bool Sleep<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitableLink
    {
        int links = link.LinkCount;
        int untilClock = 0;
        for (int i = 0; i < _pauseSteps; i++)
        {
            Cpu.Pause();
            if (link.HasNews() || IsCancelled())
            {
                return true;
            }

            untilClock -= links;
            if (untilClock < 0)
            {
                untilClock = ClockInterval - links;
                if (HasPassed(deadline))
                {
                    return false;
                }
            }
        }

        while (true)
        {
            _sleep.Begin();
            link.RequestWakeUp();
            if (link.HasNews() || IsCancelled())
            {
                _sleep.Cancel();
                link.SuppressWakeUps();
                return true;
            }

            _sleep.Sleep(deadline);
            link.SuppressWakeUps();
            if (link.HasNews() || IsCancelled())
            {
                return true;
            }

            if (HasPassed(deadline))
            {
                return false;
            }
        }
    }

    private bool IsCancelled() => _cancel != null && RingMemory.Load(_cancel) != 0;

    private static bool HasPassed(ulong deadline) => deadline != ulong.MaxValue && Clock.Now >= deadline;
}

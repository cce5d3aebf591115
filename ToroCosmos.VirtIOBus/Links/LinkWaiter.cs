using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// How a core waits: it looks again at once, then looks again after a pause instruction, then sleeps until it is woken.
/// The first reacts fastest and starves whoever shares the processor; the last costs an interrupt.
/// <para>
/// The last is the sleep protocol of <see cref="CoreSleep"/>: this core announces its sleep, fences, looks once more and
/// halts. Where the other side fences between what it shows and its look at the announcement, at least one of the two sees
/// the other. A sender of messages does not: what it showed may still be in its store buffer, invisible, when it looks for
/// the announcement and finds none. Therefore this core goes on looking until that store has left the buffer, and halts
/// then (<see cref="SecondLooks"/>): no wake-up is lost.
/// </para>
/// </summary>
internal sealed unsafe class LinkWaiter(CoreSleep sleep, in WaitLengths lengths, TickScale ticks, uint* cancel = null)
{
    // A look at the clock costs several pauses, so a time limit is watched when so many links were looked at.
    private const int ClockInterval = 16;

    private readonly CoreSleep _sleep = sleep;
    private readonly SecondLooks _looks = new(ticks, sleep.HasTimer);
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

        return Halt(link, deadline);
    }

    /// <summary>The third step. The announcement stays until its end, however often the sleep is interrupted.</summary>
    private bool Halt<TLink>(TLink link, ulong deadline)
        where TLink : struct, IWaitableLink
    {
        _sleep.Begin();
        link.RequestWakeUp();
        ulong interval = _looks.First;
        ulong look = ulong.MaxValue;
        if (link.NeedsSecondLook)
        {
            ulong announced = Clock.Now;
            Settle(link, Sooner(announced + _looks.Settling, deadline));
            look = interval == 0 ? ulong.MaxValue : announced + interval;
        }

        while (!link.HasNews() && !IsCancelled())
        {
            _sleep.Sleep(Sooner(look, deadline));
            bool hasNews = link.HasNews() || IsCancelled();
            if (hasNews || HasPassed(deadline))
            {
                link.SuppressWakeUps();
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
        link.SuppressWakeUps();
        return true;
    }

    /// <summary>
    /// Waits until what was in store buffers at the announcement can be seen, unless there is news before. The one who calls
    /// looks at the link afterwards.
    /// </summary>
    private void Settle<TLink>(TLink link, ulong end)
        where TLink : struct, IWaitableLink
    {
        do
        {
            if (link.HasNews() || IsCancelled())
            {
                return;
            }

            Cpu.Pause();
        }
        while (Clock.Now < end);
    }

    private bool IsCancelled() => _cancel != null && RingMemory.Load(_cancel) != 0;

    private static ulong Sooner(ulong one, ulong other) => one < other ? one : other;

    private static bool HasPassed(ulong deadline) => deadline != ulong.MaxValue && Clock.Now >= deadline;
}

using System;
using System.Threading;
using System.Threading.Tasks;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Tasks;

/// <summary>Wait sets in asynchronous code.</summary>
public static class WaitSetTasks
{
    /// <summary>As <see cref="WaitSet.Wait(ulong, out WaitSource)"/>, in a <see cref="CoreLoop"/> of the set's core.</summary>
    /// <param name="set">The set. It must not be changed meanwhile.</param>
    /// <param name="timeoutNs">The limit in nanoseconds: 0 tries once, <see cref="TimeLimit.None"/> never ends.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The status, and the source that has news; null unless the status is Ok.</returns>
    /// <exception cref="InvalidOperationException">The caller is in no loop, or in that of another core.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<(WaitStatus Status, WaitSource? Source)> WaitAsync(
        this WaitSet set, ulong timeoutNs = TimeLimit.None, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ulong deadline = TickScale.OfClock.DeadlineAfter(timeoutNs);
        var all = new AllOfSet(set);
        while (true)
        {
            WaitStatus status = set.TryWait(out WaitSource? source);
            if (status != WaitStatus.NoNews)
            {
                return (status, source);
            }

            if (!await CoreLoop.WaitAsync(all, deadline, cancellation))
            {
                return (WaitStatus.TimedOut, null);
            }
        }
    }

    private sealed class AllOfSet(WaitSet set) : WaitSource(set.Core)
    {
        public override bool NeedsSecondLook => set.NeedsSecondLook;

        public override bool HasNews() => set.HasNews();

        public override void Flush() => set.Flush();

        public override void RequestWakeUp() => set.RequestWakeUp();

        public override void SuppressWakeUps() => set.SuppressWakeUps();
    }
}

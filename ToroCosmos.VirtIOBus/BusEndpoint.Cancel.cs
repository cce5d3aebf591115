using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus;

/// <content>The way out of a call that waits.</content>
public sealed unsafe partial class BusEndpoint
{
    /// <summary>
    /// Ends the call of this endpoint that waits, or the next one that would have to: it answers
    /// <see cref="BusStatus.Cancelled"/>, once for all cancels before. A call that finds at once what it looks for, or that
    /// does not wait, does not notice. For any core, and for interrupt handlers.
    /// </summary>
    public void Cancel()
    {
        if (_cancel == null)
        {
            // On a bus of one core nothing waits.
            return;
        }

        // The wake-up is ordered behind it; a core that is about to sleep looks at it last.
        RingMemory.Store(_cancel, 1u);
        _sleep.Wake(Core);
    }

    /// <summary>Takes the request to end a call that is about to wait, if there is one.</summary>
    private bool TakeCancel()
    {
        if (RingMemory.Load(_cancel) == 0)
        {
            return false;
        }

        // Comes before all that this core stores next: a request of somebody who can know the answer stays.
        RingMemory.Store(_cancel, 0u);
        return true;
    }
}

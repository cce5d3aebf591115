using ToroCosmos.Smp.Waiting;
using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for the sender to leave a link that is to be reset. It wakes the receiver unasked.</summary>
internal readonly unsafe struct LeftLink(Link* link) : IWaitable
{
    private readonly Link* _link = link;

    public int SourceCount => 1;

    public bool NeedsSecondLook => false;

    /// <summary>Whether the sender has left the receiver's generation, so that the queue is the receiver's alone.</summary>
    /// <param name="next">The generation that it waits for.</param>
    public bool HasLeft(out uint next)
    {
        // A sender that has closed its end since resets it once more.
        uint sender = RingMemory.Load(&_link->SenderState);
        next = EndState.GenerationOf(sender);
        return next != _link->ReceiverRecord.Generation && EndState.Of(sender) == EndState.NotReady;
    }

    public bool HasNews() => HasLeft(out _);

    /// <summary>Nothing to announce: who wakes unasked does so behind its word, and the last look comes after.</summary>
    public void RequestWakeUp()
    {
    }

    public void SuppressWakeUps()
    {
    }
}

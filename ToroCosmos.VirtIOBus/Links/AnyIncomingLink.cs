using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for a message from any core, over a link that works and of which none is shown in place.</summary>
internal readonly unsafe struct AnyIncomingLink(LinkTable links, int receiver, int cores) : IWaitableLink
{
    private readonly LinkTable _links = links;
    private readonly int _receiver = receiver;
    private readonly int _cores = cores;

    public int LinkCount => _cores - 1;

    public bool NeedsSecondLook => true;

    public bool HasNews()
    {
        for (int sender = 0; sender < _cores; sender++)
        {
            if (sender != _receiver)
            {
                Link* link = _links.Find(sender, _receiver);
                if (link->Receiver.IsOpen && new IncomingLink(link).HasNews())
                {
                    return true;
                }
            }
        }

        return false;
    }

    public void RequestWakeUp()
    {
        for (int sender = 0; sender < _cores; sender++)
        {
            if (sender != _receiver)
            {
                Link* link = _links.Find(sender, _receiver);
                link->ReceiverRecord.Sleeps++;
                link->Receiver.RequestWakeUpUnfenced();
            }
        }

        // Orders all announcements before the looks at the used indices that follow, as in InOrderDriver.RequestWakeUp.
        RingMemory.Fence();
    }

    public void SuppressWakeUps()
    {
        for (int sender = 0; sender < _cores; sender++)
        {
            if (sender != _receiver)
            {
                _links.Find(sender, _receiver)->Receiver.SuppressWakeUps();
            }
        }
    }
}

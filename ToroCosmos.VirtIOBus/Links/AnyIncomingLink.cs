using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>Waiting for a message from any core, over a link that works and of which none is peeked.</summary>
internal readonly unsafe struct AnyIncomingLink(LinkTable links, int receiver, int cores) : IWaitable
{
    private readonly LinkTable _links = links;
    private readonly int _receiver = receiver;
    private readonly int _cores = cores;

    public int SourceCount => _cores - 1;

    /// <summary>Whether there is a link that a message could come over.</summary>
    public bool IsOpen
    {
        get
        {
            for (int sender = 0; sender < _cores; sender++)
            {
                if (sender != _receiver && _links.Find(sender, _receiver)->Receiver.IsOpen)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether there is a link of which a message is peeked in place.</summary>
    public bool IsHeld
    {
        get
        {
            for (int sender = 0; sender < _cores; sender++)
            {
                if (sender != _receiver && _links.Find(sender, _receiver)->Receiver.IsHeld)
                {
                    return true;
                }
            }

            return false;
        }
    }

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
                link->Receiver.RequestWakeUp();
            }
        }
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

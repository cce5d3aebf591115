using System.Threading;

namespace ToroCosmos.SoakKernel;

/// <summary>What became of the messages of one core, written by it and read by any.</summary>
internal sealed class SoakCounts
{
    private long _sent;
    private long _received;
    private long _lost;
    private long _corrupt;
    private long _outOfOrder;

    public long Sent
    {
        get => Volatile.Read(ref _sent);
        set => Volatile.Write(ref _sent, value);
    }

    public long Received
    {
        get => Volatile.Read(ref _received);
        set => Volatile.Write(ref _received, value);
    }

    /// <summary>Messages to this core that are missing before a later one.</summary>
    public long Lost
    {
        get => Volatile.Read(ref _lost);
        set => Volatile.Write(ref _lost, value);
    }

    /// <summary>Messages to this core that are not what was sent.</summary>
    public long Corrupt
    {
        get => Volatile.Read(ref _corrupt);
        set => Volatile.Write(ref _corrupt, value);
    }

    /// <summary>Messages to this core that come after a later one, or a second time.</summary>
    public long OutOfOrder
    {
        get => Volatile.Read(ref _outOfOrder);
        set => Volatile.Write(ref _outOfOrder, value);
    }

    /// <summary>Adds those of another core.</summary>
    public void Add(SoakCounts other)
    {
        Sent += other.Sent;
        Received += other.Received;
        Lost += other.Lost;
        Corrupt += other.Corrupt;
        OutOfOrder += other.OutOfOrder;
    }
}

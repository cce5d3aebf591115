namespace ToroCosmos.Vhost.Tests.Vhost;

/// <summary>What QEMU has told of a queue so far.</summary>
internal sealed class VhostQueue
{
    /// <summary>How many descriptors it has.</summary>
    public int Size { get; set; }

    /// <summary>The three areas, by their addresses in the machine.</summary>
    public (ulong Descriptors, ulong Driver, ulong Device) Areas { get; set; }

    /// <summary>The file by which the driver notifies; -1 for none.</summary>
    public int Kick { get; set; } = -1;

    /// <summary>The file by which the driver is interrupted; -1 for none.</summary>
    public int Call { get; set; } = -1;
}

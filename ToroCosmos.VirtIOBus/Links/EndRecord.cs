using System.Runtime.InteropServices;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// What one end of a link keeps for itself beyond the queue, and through resets. It lies on the line of the end's state
/// word: both are written seldom, and by this end alone. Other cores read the counts, which may be outdated.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct EndRecord
{
    public const int Bytes = 96;

    /// <summary>Which generation of the queue this end uses, or a sender that was reset waits for.</summary>
    public uint Generation;

    /// <summary>Of a sender: 1 from its reset until the receiver's was seen.</summary>
    public uint IsAwaitingReset;
}

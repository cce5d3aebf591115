namespace ToroCosmos.Virtio.Spec;

/// <summary>
/// Layout of the structure by which a side of a packed virtqueue says when it wants to be notified (VirtIO 1.2, Driver and
/// Device Event Suppression): 16 bits of position, 16 bits of flags. The driver's is the driver area and the device's the
/// device area.
/// </summary>
public static class EventSuppression
{
    /// <summary>Size of the structure, in bytes.</summary>
    public const int Bytes = 4;

    /// <summary>The structure's alignment, in bytes.</summary>
    public const int Alignment = 4;

    /// <summary>Offset of the 16-bit position: the descriptor's number, with the wrap counter in bit 15.</summary>
    public const int PositionOffset = 0;

    /// <summary>Offset of the 16-bit <see cref="EventSuppressionFlags"/>.</summary>
    public const int FlagsOffset = 2;

    /// <summary>The descriptor's number in a position.</summary>
    public const int NumberMask = 0x7FFF;

    /// <summary>The wrap counter in a position.</summary>
    public const int WrapMask = 0x8000;
}

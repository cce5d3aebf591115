namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// What one end of a link tells the other about itself, in a word that only it writes. It plays the part of the device
/// status field, which a queue in plain memory does not have.
/// </summary>
internal static class EndState
{
    /// <summary>The queue is not to be touched; only a receiver says so.</summary>
    public const uint NotReady = 0;

    /// <summary>The queue is in use.</summary>
    public const uint Ready = 1;

    /// <summary>This end found a violation and is gone.</summary>
    public const uint Broken = 2;
}

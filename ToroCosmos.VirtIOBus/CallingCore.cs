namespace ToroCosmos.VirtIOBus;

/// <summary>
/// On which core a call of an endpoint is made, for <see cref="BusChecks.Full"/>. Only a machine's cores have numbers; a
/// test plays one.
/// </summary>
internal abstract class CallingCore
{
    /// <summary>The number of the core that runs this code.</summary>
    public abstract int Number { get; }
}

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// On which core a call of an endpoint is made, for <see cref="BusChecks.Full"/>. Only a machine's cores have numbers; a
/// test plays one.
/// </summary>
internal abstract class CallingCore
{
    /// <summary>Whether this code runs on a core.</summary>
    public abstract bool Is(int core);
}

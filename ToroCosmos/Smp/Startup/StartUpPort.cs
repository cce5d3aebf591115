namespace ToroCosmos.Smp.Startup;

/// <summary>What starting a processor needs from the machine; a test puts threads in its place.</summary>
internal abstract class StartUpPort
{
    /// <summary>Whether interrupts can be sent to this id.</summary>
    public abstract bool CanAddress(uint apicId);

    /// <summary>Resets a processor.</summary>
    public abstract bool SendInit(uint apicId);

    /// <summary>Starts a processor at a page.</summary>
    public abstract bool SendStartUp(uint apicId, byte page);

    /// <summary>Prepares the state that the next processor to rise takes. See <see cref="Seam.ApplicationProcessor"/>.</summary>
    /// <returns>The page to start at, or 0.</returns>
    public abstract byte Prepare(int core);
}

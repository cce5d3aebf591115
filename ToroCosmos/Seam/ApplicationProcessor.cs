namespace ToroCosmos.Seam;

/// <summary>
/// What a core needs before it can run C#: descriptor tables, stacks, an allocation area and the start-up code in low
/// memory. Part of the hardware seam. Only the boot core calls it, for one core at a time.
/// </summary>
public static unsafe partial class ApplicationProcessor
{
    /// <summary>
    /// Prepares the state of one core and points the start-up code at it, taking back what it pointed at before. One
    /// processor takes the state, with an atomic exchange; a further one finds none and halts for ever. The processor
    /// that took it calls <paramref name="entry"/> on its own stack with interrupts disabled; the entry never returns.
    /// </summary>
    /// <remarks>
    /// A number is prepared again when the processor it was meant for did not rise. If a processor did take the earlier
    /// state, however late, the new state shares no memory with it (or the call returns 0).
    /// </remarks>
    /// <param name="core">Dense number of the core, from 1.</param>
    /// <param name="entry">What the core runs first, called with the core's number.</param>
    /// <returns>
    /// The start-up page (bits 19:12 of its address), which is the vector of the SIPI; 0 when there is no memory for
    /// the core.
    /// </returns>
    public static partial byte Prepare(int core, delegate*<int, void> entry);
}

namespace ToroCosmos.Seam;

/// <summary>What a runtime with threads does while a core waits. Part of the hardware seam.</summary>
[AnyCore]
internal static partial class Scheduling
{
    /// <summary>
    /// Lets other threads run until this core is interrupted or a deadline has passed, or for less time. Interrupts are
    /// disabled before and after.
    /// </summary>
    /// <param name="deadline">A value of <see cref="Platform.Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    /// <returns>False where no other thread may run, so that the core is to be halted.</returns>
    public static partial bool TryPark(ulong deadline);

    /// <summary>
    /// Lends this core, which has nothing to do, to threads until it is interrupted. Interrupts are disabled before and
    /// after.
    /// </summary>
    /// <returns>False where there are no threads.</returns>
    public static partial bool TryLend();

    /// <summary>Has the calling thread stay on a core from here on, or on none when that is -1.</summary>
    /// <returns>False where the thread is a core's own, or there are no threads.</returns>
    public static partial bool TryBind(int core);
}

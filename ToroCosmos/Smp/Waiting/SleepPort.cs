namespace ToroCosmos.Smp.Waiting;

/// <summary>What sleeping needs from the machine; a test puts a core of its own in its place.</summary>
internal abstract class SleepPort
{
    /// <summary>The number of the core that runs this code.</summary>
    public abstract int Core { get; }

    /// <summary>Whether this core has a timer that ends a halt.</summary>
    public abstract bool HasTimer { get; }

    /// <summary>Whether a halt of this core can be ended after some ticks of the clock, and not much later.</summary>
    public virtual bool CanEndHaltIn(ulong ticks) => HasTimer;

    /// <summary>Whether this core takes maskable interrupts.</summary>
    public abstract bool AreInterruptsEnabled();

    /// <summary>Stops maskable interrupts from being delivered to this core.</summary>
    public abstract void DisableInterrupts();

    /// <summary>Lets maskable interrupts be delivered to this core.</summary>
    public abstract void EnableInterrupts();

    /// <summary>Enables interrupts and halts until one arrives, with no gap between the two.</summary>
    public abstract void EnableInterruptsAndHalt();

    /// <summary>
    /// Has the timer end a halt of this core after some ticks of the clock, or earlier where that is too long for it, and
    /// not at a time that it was armed for before.
    /// </summary>
    public abstract void Arm(ulong ticks);

    /// <summary>Whether this core's timer was armed and has not ended yet.</summary>
    public abstract bool IsTimerRunning();

    /// <summary>
    /// With interrupts disabled: lets other threads run until this core is interrupted or a deadline has passed, or less.
    /// </summary>
    /// <returns>False where there are no other threads.</returns>
    public virtual bool TryPark(ulong deadline) => false;

    /// <summary>With interrupts disabled: lends the core to threads until it is interrupted.</summary>
    /// <returns>False where there are none.</returns>
    public virtual bool TryLend() => false;

    /// <summary>Interrupts another core.</summary>
    /// <returns>False when that failed, but may succeed later.</returns>
    public abstract bool TryInterrupt(int core);
}

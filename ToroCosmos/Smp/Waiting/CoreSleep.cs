namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// How a core sleeps until another core wakes it. A kernel halts and is woken by an inter-processor interrupt; host
/// tests park a thread. The caller announces its sleep in shared memory between <see cref="Begin"/> and
/// <see cref="Sleep"/>, fences, and looks once more whether there is something to do:
/// <code>
/// sleep.Begin();
/// flag = asleep; fence;
/// if (there is something to do) sleep.Cancel(); else sleep.Sleep(deadline);
/// flag = awake;
/// </code>
/// The other side stores its data, fences, reads the flag, and calls <see cref="Wake"/> only if it says asleep. Where it
/// does not fence, the caller goes on looking for a while before it sleeps.
/// </summary>
public abstract class CoreSleep
{
    /// <summary>
    /// Whether a deadline ends a sleep. Where it does not, for want of a timer, a sleep with a deadline returns at once.
    /// </summary>
    public abstract bool HasTimer { get; }

    /// <summary>From here on a <see cref="Wake"/> of this core is remembered until the next sleep or cancel.</summary>
    public abstract void Begin();

    /// <summary>
    /// Sleeps until this core is woken, at once if it was since <see cref="Begin"/>. May return early; never later than
    /// the deadline by more than the timer's resolution.
    /// </summary>
    /// <param name="deadline">A value of <see cref="Platform.Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    public abstract void Sleep(ulong deadline);

    /// <summary>Ends what <see cref="Begin"/> began, without sleeping.</summary>
    public abstract void Cancel();

    /// <summary>
    /// Wakes a core that sleeps or is about to; harmless when it does neither. What this core stored before can be seen when
    /// the wake-up arrives: the interrupt is a store to the local APIC, in order with others, or a write to a model-specific
    /// register, before which there is a fence (Intel SDM 3A, Memory Ordering; MSR Access in x2APIC Mode).
    /// </summary>
    /// <param name="core">Dense number of the core.</param>
    public abstract void Wake(int core);
}

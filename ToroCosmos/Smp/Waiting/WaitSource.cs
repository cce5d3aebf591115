namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// Something that one core can wait for in a <see cref="WaitSet"/>: messages, room for them, a signal, a core that has
/// finished. A source has news as long as there is something to do; it is not used up by being waited for, but by what is
/// done then: receiving the message, taking the signal.
/// </summary>
/// <remarks>
/// Whoever makes the news, stores it, fences, looks at the announcement and wakes <see cref="Core"/> if it stands, as
/// <see cref="CoreSleep"/> tells. The members run on that core, in no interrupt handler, and must neither allocate nor throw.
/// </remarks>
public abstract class WaitSource
{
    /// <param name="core">The core that can wait for it.</param>
    protected WaitSource(int core)
    {
        Core = core;
    }

    /// <summary>The core that can wait for it, and that its news wakes.</summary>
    public int Core { get; }

    /// <summary>A number of the user's: which of several alike it is. 0 until it is set.</summary>
    public int Tag { get; set; }

    /// <summary>
    /// Whether there can be news before this core does something that concerns the source. Where it cannot for any source
    /// of a set, a wait ends at once.
    /// </summary>
    public virtual bool CanHaveNews => true;

    /// <summary>
    /// Whether the other side looks at the announcement without a fence before, as senders of messages do: the set then
    /// looks again until what was in the other side's store buffer can be seen (<see cref="SecondLooks"/>).
    /// </summary>
    public virtual bool NeedsSecondLook => false;

    /// <summary>
    /// Whether there is something to do. What will never come, for the other side is broken or gone, is news too, so that
    /// nobody sleeps for ever: the call that follows says why.
    /// </summary>
    public abstract bool HasNews();

    /// <summary>
    /// Gives others what this core keeps back for them, for one of them may have to act before there is news. Called once
    /// in a wait, before the core sleeps.
    /// </summary>
    public virtual void Flush()
    {
    }

    /// <summary>
    /// Announces that this core is about to sleep. The set fences behind the announcements of all its sources, and looks at
    /// <see cref="HasNews"/> of each once more.
    /// </summary>
    public abstract void RequestWakeUp();

    /// <summary>Withdraws the announcement.</summary>
    public abstract void SuppressWakeUps();
}

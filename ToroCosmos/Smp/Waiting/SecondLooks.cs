using ToroCosmos.Platform;

namespace ToroCosmos.Smp.Waiting;

/// <summary>
/// When a core that has announced its sleep looks again for what was published to it without a fence: first until everything
/// that was in other cores' store buffers at the announcement has left them, then ever later by its timer, should that take
/// longer somewhere than anybody would think.
/// </summary>
public readonly struct SecondLooks
{
    /// <summary>
    /// How long to look before the halt: some transfers of a cache line between distant processors, for as long as stores
    /// wait in practice. A store that takes longer is found by the timer.
    /// </summary>
    public const uint SettlingMicroseconds = 1;

    /// <summary>
    /// The same where no timer gives the core another look: longer than a full store buffer takes, some dozens of stores, if
    /// each waited for a line of its own and one after the other.
    /// </summary>
    public const uint UntimedSettlingMicroseconds = 20;

    /// <summary>
    /// From the announcement to the first look by the timer. Sooner, most sleeps would be interrupted in vain.
    /// </summary>
    public const uint FirstMicroseconds = 1000;

    /// <summary>The longest time between two looks.</summary>
    public const uint LastMicroseconds = 1_000_000;

    private const int GrowthShift = 3;

    private readonly ulong _last;

    /// <param name="ticks">The scale of the clock.</param>
    /// <param name="hasTimer">Whether a timer ends the core's sleep.</param>
    public SecondLooks(TickScale ticks, bool hasTimer)
    {
        Settling = ticks.ToTicks((hasTimer ? SettlingMicroseconds : UntimedSettlingMicroseconds) * 1000UL);
        First = hasTimer ? ticks.ToTicks(FirstMicroseconds * 1000UL) : 0;
        _last = ticks.ToTicks(LastMicroseconds * 1000UL);
    }

    /// <summary>How long after the announcement to look without a halt, in ticks.</summary>
    public ulong Settling { get; }

    /// <summary>The time from the announcement to the first look by the timer, in ticks; 0 for none.</summary>
    public ulong First { get; }

    /// <summary>The time from one look to the next, in ticks.</summary>
    /// <param name="before">The time before that look.</param>
    public ulong Following(ulong before)
    {
        ulong following = before << GrowthShift;
        return following < _last ? following : _last;
    }
}

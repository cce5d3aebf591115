using ToroCosmos.Hardware;

namespace ToroCosmos.VirtIOBus;

/// <summary>
/// When a core that has announced its sleep looks again for what was shown to it without a fence: first when everything
/// that was in other cores' store buffers at the announcement has surely left them, then ever later, for cores on which
/// that took longer than anybody would think.
/// </summary>
internal readonly struct SecondLooks
{
    /// <summary>
    /// After so long no store of before is in a store buffer. There are at most some hundred of them, and each waits for
    /// a cache line of another core at the longest, many at once.
    /// </summary>
    public const uint FirstMicroseconds = 20;

    /// <summary>The longest time between two looks.</summary>
    public const uint LastMicroseconds = 1_000_000;

    private const int GrowthShift = 3;

    private readonly ulong _first;
    private readonly ulong _last;

    /// <param name="ticks">The scale of the clock.</param>
    public SecondLooks(TickScale ticks)
    {
        _first = ticks.ToTicks(FirstMicroseconds * 1000UL);
        _last = ticks.ToTicks(LastMicroseconds * 1000UL);
    }

    /// <summary>The time from the announcement to the first look, in ticks.</summary>
    public ulong First => _first;

    /// <summary>The time from one look to the next, in ticks.</summary>
    /// <param name="before">The time before that look.</param>
    public ulong Following(ulong before)
    {
        ulong following = before << GrowthShift;
        return following < _last ? following : _last;
    }
}

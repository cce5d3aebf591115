namespace ToroCosmos.Smp;

/// <summary>
/// Between which bounds another core's clock is apart from this one's, by samples of this clock before, the other one in
/// between, and this one after.
/// </summary>
internal struct ClockOffset
{
    /// <summary>What stands for an offset of 0 in the bounds; so they need no signed numbers.</summary>
    private const ulong Zero = 1UL << 63;

    private ulong _least;
    private ulong _most;

    /// <summary>Nothing is known yet.</summary>
    public static ClockOffset Unknown => new() { _least = 0, _most = ulong.MaxValue };

    /// <summary>Ticks by which the other clock is surely ahead; 0 when it need not be.</summary>
    public readonly ulong Ahead => _least > Zero ? _least - Zero : 0;

    /// <summary>Ticks by which the other clock is surely behind; 0 when it need not be.</summary>
    public readonly ulong Behind => _most < Zero ? Zero - _most : 0;

    /// <summary>Ticks by which the clocks surely differ.</summary>
    public readonly ulong Difference => Ahead > Behind ? Ahead : Behind;

    /// <summary>
    /// What to add to the other clock, modulo 2^64: the middle of the bounds, from which it differs by no more than a way
    /// between the cores takes.
    /// </summary>
    public readonly ulong Correction => Zero - (_least + ((_most - _least) >> 1));

    /// <summary>Takes a sample into account.</summary>
    /// <param name="before">This clock.</param>
    /// <param name="other">The other clock, read after <paramref name="before"/> and before <paramref name="after"/>.</param>
    /// <param name="after">This clock.</param>
    public void Add(ulong before, ulong other, ulong after)
    {
        ulong least = other - after + Zero;
        ulong most = other - before + Zero;
        _least = least > _least ? least : _least;
        _most = most < _most ? most : _most;
    }
}

namespace ToroCosmos.Smp;

/// <summary>What waiting costs on this machine, in ticks of <see cref="Hardware.Clock"/>.</summary>
/// <param name="PollTicks">1024 looks at a word that is in the cache.</param>
/// <param name="PauseTicks">1024 looks with a pause after each.</param>
/// <param name="WakeTicks">From waking a halted core until it runs; 0 when it is not known.</param>
public readonly record struct WaitCosts(uint PollTicks, uint PauseTicks, uint WakeTicks)
{
    /// <summary>The number of looks that the first two costs are of.</summary>
    public const int Steps = 1024;

    /// <summary>A wake that is not known is taken for this long, and no longer one is believed.</summary>
    private const uint UnknownWakeMicroseconds = 20;
    private const uint LongestWakeMicroseconds = 100;

    /// <summary>
    /// Plain polling lasts as long as so many pauses: the answer to a message takes a few times as long as one look at
    /// it, and a pause may cost more than that.
    /// </summary>
    private const uint PollInPauses = 4;

    private const uint FewestPolls = 16;
    private const uint MostPolls = 4096;
    private const uint FewestPauses = 16;
    private const uint MostPauses = 16384;

    /// <summary>
    /// The competitive lengths: a core pauses as long as a wake costs before it sleeps, so that it never loses more
    /// than twice what the best choice would have cost. Bounded, whatever was measured.
    /// </summary>
    /// <param name="ticksPerMicrosecond">The clock's rate, at least 1.</param>
    public WaitLengths Lengths(uint ticksPerMicrosecond)
    {
        uint poll = PollTicks == 0 ? 1 : PollTicks;
        uint pause = PauseTicks < poll ? poll : PauseTicks;
        ulong wake = WakeTicks == 0 ? (ulong)UnknownWakeMicroseconds * ticksPerMicrosecond : WakeTicks;
        ulong longest = (ulong)LongestWakeMicroseconds * ticksPerMicrosecond;
        if (wake > longest)
        {
            wake = longest;
        }

        ulong polls = TickMath.Divide((ulong)pause * PollInPauses, poll);
        ulong pauses = TickMath.Divide(wake * Steps, pause);
        return new WaitLengths(Clamp(polls, FewestPolls, MostPolls), Clamp(pauses, FewestPauses, MostPauses));
    }

    private static int Clamp(ulong value, uint least, uint most) =>
        value < least ? (int)least : value > most ? (int)most : (int)value;
}

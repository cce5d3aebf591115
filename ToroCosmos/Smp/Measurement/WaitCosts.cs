using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp.Measurement;

/// <summary>What waiting costs on this machine, in ticks of <see cref="Platform.Clock"/>.</summary>
/// <param name="PollTicks">1024 looks at a word that is in the cache.</param>
/// <param name="PauseTicks">1024 looks with a pause after each.</param>
/// <param name="AnswerTicks">
/// From writing a word until the answer of a core that is awake is seen by polling; 0 when it is not known,
/// <see cref="InVain"/> when no other core runs while this one polls, as in an emulator that runs one after the other.
/// </param>
/// <param name="WakeTicks">From waking a halted core until it runs; 0 when it is not known.</param>
public readonly record struct WaitCosts(uint PollTicks, uint PauseTicks, uint AnswerTicks, uint WakeTicks)
{
    /// <summary>The number of looks that the first two costs are of.</summary>
    public const int Steps = 1024;

    /// <summary>The value of <see cref="AnswerTicks"/> where polling without a pause never meets an answer.</summary>
    public const uint InVain = uint.MaxValue;

    private const uint UnknownAnswerMicroseconds = 1;

    /// <summary>A wake that is not known is taken for this long, and no longer one is believed.</summary>
    private const uint UnknownWakeMicroseconds = 20;
    private const uint LongestWakeMicroseconds = 100;

    private const uint PolledAnswers = 8;
    private const uint FewestPolls = 4;
    private const uint MaximumPolls = 4096;
    private const uint FewestPauses = 16;
    private const uint MaximumPauses = 16384;

    /// <summary>
    /// The lengths that suit these costs: a core polls as long as eight answers take, for an answer that is a message
    /// takes several times that of a bare word, and is still met while polling; it then pauses as long as a wake takes, so that it never loses more than twice what the best
    /// choice would have cost. Bounded, whatever was measured.
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

        ulong answer = AnswerTicks switch
        {
            InVain => 0,
            0 => (ulong)UnknownAnswerMicroseconds * ticksPerMicrosecond,
            _ => AnswerTicks,
        };
        ulong polls = TickMath.Divide(answer * (PolledAnswers * Steps), poll);
        ulong pauses = TickMath.Divide(wake * Steps, pause);
        return new WaitLengths(Clamp(polls, FewestPolls, MaximumPolls), Clamp(pauses, FewestPauses, MaximumPauses));
    }

    private static int Clamp(ulong value, uint least, uint most) =>
        value < least ? (int)least : value > most ? (int)most : (int)value;
}

using ToroCosmos.KernelTesting;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>Checks waits with a time limit on a computer that has other work too.</summary>
internal static unsafe class TimedWait
{
    /// <summary>How long a checked wait takes.</summary>
    public const uint Microseconds = 10_000;

    /// <summary>The same in nanoseconds.</summary>
    public const ulong Nanoseconds = Microseconds * 1000UL;

    /// <summary>
    /// The longest turn that a host gives a thread before another one runs: Linux gives 3 to 6 ms, Windows and an emulator
    /// that runs its cores by turns up to 10.
    /// </summary>
    private const uint TurnMicroseconds = 10_000;

    /// <summary>Other threads that a busy host may run first, beside the machine's own cores.</summary>
    private const int OtherThreads = 16;

    private const int MaximumTries = 40;

    /// <summary>How long what another core does at once may take: that of every thread having its turn before.</summary>
    public static ulong Patience => TickMath.FromMicroseconds(PatienceMicroseconds);

    /// <summary>The same in nanoseconds.</summary>
    public static ulong PatienceNs => PatienceMicroseconds * 1000UL;

    /// <summary>The same in microseconds.</summary>
    public static uint PatienceMicroseconds => (uint)(OtherThreads + Cores.Count) * TurnMicroseconds;

    /// <summary>
    /// Checks a wait that takes <see cref="Microseconds"/>. It never ends too early. That other work makes it end late
    /// proves nothing; so it is repeated until it once ends at most a quarter late, which is less than a turn: a clock or
    /// a timer of a wrong rate never does.
    /// </summary>
    /// <param name="wait">Called with the core's number.</param>
    /// <param name="core">This core.</param>
    public static void CheckEnds(delegate*<int, void> wait, int core)
    {
        ulong asked = TickMath.Divide(Clock.TicksPerSecond * Microseconds, 1_000_000);
        for (int i = 0; i < MaximumTries; i++)
        {
            ulong begin = Clock.Now;
            Cpu.Call(wait, core);
            ulong ticks = Clock.Now - begin;
            if (!Check.That(ticks >= asked, "it ends too early") || ticks <= asked + (asked >> 2))
            {
                return;
            }
        }

        Check.That(false, "it always ends too late");
    }
}

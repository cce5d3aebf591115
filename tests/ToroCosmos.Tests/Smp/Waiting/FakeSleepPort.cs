using System.Collections.Generic;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Tests.Smp.Waiting;

/// <summary>The cores of a machine, of which a test runs one at a time. A halt takes no time and notes how it was entered.</summary>
internal sealed class FakeSleepPort(int cores) : SleepPort
{
    private readonly bool[] _pending = new bool[cores];

    public int RunningCore { get; set; }

    public bool[] Enabled { get; } = [.. System.Linq.Enumerable.Repeat(true, cores)];

    public bool TimerWorks { get; set; } = true;

    /// <summary>How many wake-ups the controllers refuse before they take some again.</summary>
    public int Refusals { get; set; }

    /// <summary>The cores that were woken, in order.</summary>
    public List<int> Woken { get; } = [];

    /// <summary>The halts: which core, for how long, in ticks, null without a timer, and whether a wake-up was pending.</summary>
    public List<(int Core, ulong? Timer, bool WasWoken)> Halts { get; } = [];

    /// <summary>How often the timer was armed.</summary>
    public int Arms { get; private set; }

    /// <summary>For how long the timer that runs was armed, in ticks; null when none does. It ends when it ends a halt.</summary>
    public ulong? Timer { get; set; }

    public override int Core => RunningCore;

    public override bool HasTimer => TimerWorks;

    /// <summary>In how many ticks the timer interrupts, when it is not ours to arm; null when it is.</summary>
    public ulong? NextInterrupt { get; set; }

    public override bool CanEndHaltIn(ulong ticks) => NextInterrupt is ulong next ? ticks >= next : base.CanEndHaltIn(ticks);

    public override bool AreInterruptsEnabled() => Enabled[RunningCore];

    public override void DisableInterrupts() => Enabled[RunningCore] = false;

    public override void EnableInterrupts()
    {
        Enabled[RunningCore] = true;
        _pending[RunningCore] = false;
    }

    public override void EnableInterruptsAndHalt()
    {
        Halts.Add((RunningCore, Timer, _pending[RunningCore]));
        Timer = _pending[RunningCore] ? Timer : null;
        EnableInterrupts();
    }

    public override void Arm(ulong ticks)
    {
        Timer = ticks;
        Arms++;
    }

    public override bool IsTimerRunning() => Timer != null;

    public override bool TryInterrupt(int core)
    {
        if (Refusals > 0)
        {
            Refusals--;
            return false;
        }

        Woken.Add(core);
        _pending[core] = !Enabled[core];
        return true;
    }

    public static ulong Milliseconds(uint count) => TickMath.FromMicroseconds(count * 1000);
}

using System;
using System.Collections.Generic;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.VirtIOBus.Tests;

/// <summary>
/// A sleep that does what the test says at each step, on one thread. A sleep that the script does not expect fails, for
/// nobody would end it.
/// </summary>
internal sealed class ScriptedSleep : CoreSleep
{
    public Action? AtBegin { get; set; }

    public Action<ulong>? AtSleep { get; set; }

    public List<int> Woken { get; } = [];

    public int Begins { get; private set; }

    public int Sleeps { get; private set; }

    public int Cancels { get; private set; }

    public bool TimerWorks { get; init; } = true;

    public override bool HasTimer => TimerWorks;

    public override void Begin()
    {
        Begins++;
        AtBegin?.Invoke();
    }

    public override void Sleep(ulong deadline)
    {
        Sleeps++;
        if (AtSleep == null)
        {
            throw new InvalidOperationException("The core went to sleep with something to do.");
        }

        AtSleep(deadline);
    }

    public override void Cancel() => Cancels++;

    public override void Wake(int core) => Woken.Add(core);
}

using System;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Tests.Smp.Waiting;

/// <summary>A sleep that does what a test says at each step, on one thread.</summary>
internal sealed class StepSleep : CoreSleep
{
    public Action AtBegin { get; set; } = () => { };

    public Action<ulong> AtSleep { get; set; } = _ => throw new InvalidOperationException("Nobody would end this sleep.");

    public int Sleeps { get; private set; }

    public int Cancels { get; private set; }

    public int LastWoken { get; private set; } = -1;

    public override bool HasTimer => true;

    public override void Begin() => AtBegin();

    public override void Sleep(ulong deadline)
    {
        Sleeps++;
        AtSleep(deadline);
    }

    public override void Cancel() => Cancels++;

    public override void Wake(int core) => LastWoken = core;
}

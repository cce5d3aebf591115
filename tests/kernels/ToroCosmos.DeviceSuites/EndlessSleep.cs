using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.DeviceSuites;

/// <summary>Sleep that no time ends: what wakes the core is an interrupt, or nothing does.</summary>
/// <param name="sleep">How the machine's cores sleep.</param>
internal sealed class EndlessSleep(CoreSleep sleep) : CoreSleep
{
    /// <summary>How often a core slept.</summary>
    public int Sleeps { get; private set; }

    public override bool HasTimer => sleep.HasTimer;

    public override void Begin() => sleep.Begin();

    public override void Sleep(ulong deadline)
    {
        Sleeps++;
        sleep.Sleep(ulong.MaxValue);
    }

    public override void Cancel() => sleep.Cancel();

    public override void Wake(int core) => sleep.Wake(core);
}

using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.KernelSuites;

/// <summary>A sleep that allocates in every gap between the announcement of a sleep and the halt.</summary>
/// <param name="sleep">How the core sleeps.</param>
internal sealed class AllocatingSleep(CoreSleep sleep) : CoreSleep
{
    private const int Bytes = 8;

    public override bool HasTimer => sleep.HasTimer;

    public override void Begin()
    {
        sleep.Begin();
        _ = new byte[Bytes];
    }

    public override void Sleep(ulong deadline)
    {
        _ = new byte[Bytes];
        sleep.Sleep(deadline);
    }

    public override void Cancel() => sleep.Cancel();

    public override void Wake(int core) => sleep.Wake(core);
}

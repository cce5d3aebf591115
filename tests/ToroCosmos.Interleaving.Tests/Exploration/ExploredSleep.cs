using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>The sleep of a core that the explorer runs. At set-up there is nobody to wake.</summary>
internal class ExploredSleep : CoreSleep
{
    public override void Begin() => CoreRun.Current?.BeginSleep();

    public override void Sleep(ulong deadline) => CoreRun.Current?.Sleep(deadline != ulong.MaxValue);

    public override void Cancel()
    {
    }

    public override void Wake(int core) => CoreRun.Current?.Wake(core);
}

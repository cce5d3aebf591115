using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>The sleep of a core that the explorer runs. At set-up there is nobody to wake.</summary>
/// <param name="hasLooks">Whether a timer has the core look again; then a deadline is the time of such a look.</param>
internal class ExploredSleep(bool hasLooks = false) : CoreSleep
{
    public override bool HasTimer => hasLooks;

    public override void Begin() => CoreRun.Current?.BeginSleep();

    public override void Sleep(ulong deadline)
    {
        if (hasLooks && deadline != ulong.MaxValue)
        {
            CoreRun.Current?.SleepUntilLook();
        }
        else
        {
            CoreRun.Current?.Sleep(deadline != ulong.MaxValue);
        }
    }

    public override void Cancel()
    {
    }

    public override void Wake(int core) => CoreRun.Current?.Wake(core);
}

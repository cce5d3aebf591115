using System.Threading;
using ToroCosmos.Hardware;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>A sleep that counts how often each core slept.</summary>
/// <param name="sleep">How they sleep.</param>
/// <param name="cores">How many cores there are.</param>
internal sealed class CountingSleep(CoreSleep sleep, int cores) : CoreSleep
{
    private readonly int[] _sleeps = new int[cores];

    /// <summary>How often a core went to sleep. Any core may ask.</summary>
    public int Count(int core) => Volatile.Read(ref _sleeps[core]);

    public override void Begin() => sleep.Begin();

    public override void Sleep(ulong deadline)
    {
        int core = Cpu.CurrentCore();
        Volatile.Write(ref _sleeps[core], _sleeps[core] + 1);
        sleep.Sleep(deadline);
    }

    public override void Cancel() => sleep.Cancel();

    public override void Wake(int core) => sleep.Wake(core);
}

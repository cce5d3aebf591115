using System.Threading;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.KernelSuites;

/// <summary>A sleep that counts how often each core slept and woke others.</summary>
/// <param name="sleep">How they sleep.</param>
/// <param name="cores">How many cores there are.</param>
internal sealed class CountingSleep(CoreSleep sleep, int cores) : CoreSleep
{
    private readonly int[] _sleeps = new int[cores];
    private readonly int[] _wakes = new int[cores];

    /// <summary>How often all cores together went to sleep. Any core may ask.</summary>
    public long Sleeps => Sum(_sleeps);

    /// <summary>How often cores were woken by others. Any core may ask.</summary>
    public long Wakes => Sum(_wakes);

    /// <summary>How often a core went to sleep. Any core may ask.</summary>
    public int Count(int core) => Volatile.Read(ref _sleeps[core]);

    public override bool HasTimer => sleep.HasTimer;

    public override void Begin() => sleep.Begin();

    public override void Sleep(ulong deadline)
    {
        int core = Cpu.CurrentCore();
        Volatile.Write(ref _sleeps[core], _sleeps[core] + 1);
        sleep.Sleep(deadline);
    }

    public override void Cancel() => sleep.Cancel();

    public override void Wake(int core)
    {
        int self = Cpu.CurrentCore();
        Volatile.Write(ref _wakes[self], _wakes[self] + 1);
        sleep.Wake(core);
    }

    private static long Sum(int[] counts)
    {
        long sum = 0;
        for (int core = 0; core < counts.Length; core++)
        {
            sum += Volatile.Read(ref counts[core]);
        }

        return sum;
    }
}

using System.Threading;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// A lock of the scheduler, which handlers of interrupts take too: held with interrupts disabled, for some dozens of
/// instructions.
/// </summary>
internal struct SchedulerLock
{
    private int _taken;

    public void Enter()
    {
        while (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            do
            {
                Cpu.Pause();
            }
            while (Volatile.Read(ref _taken) != 0);
        }
    }

    public void Exit() => Volatile.Write(ref _taken, 0);
}

using System.Threading;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Processor;

/// <summary>
/// A lock of the runtime's own rare paths (allocation areas, page tables, console), held for a few hundred
/// instructions, in which the thread is not preempted. It works before the class library does. Interrupt handlers must not
/// take one.
/// </summary>
internal unsafe struct SpinLock
{
    private int _taken;

    public void Enter()
    {
        ThreadBlock.Current()->NoPreemption++;
        while (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            Cpu.Pause();
        }
    }

    /// <summary>Tries for a bounded time; a panic goes on without the lock rather than wait for a dead core.</summary>
    public bool TryEnter(int attempts)
    {
        ThreadBlock.Current()->NoPreemption++;
        while (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
        {
            if (--attempts <= 0)
            {
                ThreadBlock.Current()->NoPreemption--;
                return false;
            }

            Cpu.Pause();
        }

        return true;
    }

    public void Exit()
    {
        Volatile.Write(ref _taken, 0);
        ThreadBlock.Current()->NoPreemption--;
    }
}

using System.Threading;
using ToroCosmos.NativeAot.Memory;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// From cores with a thread each to threads. The first thread that is started starts the cores too, unless the kernel has;
/// every core then gets a scheduler, core 0 here and each other one when it next has nothing to do.
/// </summary>
internal static unsafe class SchedulerStart
{
    private const ulong IdleStackSize = 16 * 1024;

    private const int NotStarted = 0;
    private const int Starting = 1;
    private const int Started = 2;
    private const int Failed = 3;

    private static int s_state;

    /// <summary>Makes sure that there are threads.</summary>
    /// <returns>False when there is no memory for them.</returns>
    public static bool Ensure()
    {
        if (Volatile.Read(ref s_state) == Started)
        {
            return true;
        }

        if (Interlocked.CompareExchange(ref s_state, Starting, NotStarted) == NotStarted)
        {
            Volatile.Write(ref s_state, Start() ? Started : Failed);
        }

        int state;
        while ((state = Volatile.Read(ref s_state)) == Starting)
        {
            Cpu.Pause();
        }

        return state == Started;
    }

    /// <summary>Gives the calling core a scheduler.</summary>
    /// <returns>Null when there is no memory for it.</returns>
    public static CoreScheduler* Join(CoreBlock* core)
    {
        CoreScheduler* made = Make(core);
        if (made != null)
        {
            core->OwnThread.Level = ReadyQueue.CoreLevel;
            made->IsTaken = 1;
            Publish(made, core);
        }

        return made;
    }

    private static bool Start()
    {
        Cores.StartOnce();
        int count = Cores.Count;
        var cores = (CoreScheduler**)FrameAllocator.Allocate((ulong)count * (ulong)sizeof(CoreScheduler*), 64);
        CoreBlock* boot = CoreBlock.Boot;
        CoreScheduler* first = Make(boot);
        if (cores == null || first == null)
        {
            return false;
        }

        // From here on the timers' interrupts and the wake-ups of sleeping cores are told apart.
        LocalApicTimer.Vector = Scheduler.Vector;
        var sleep = Cores.Sleep as HaltSleep;
        sleep?.ForgetTimers();
        boot->OwnThread.Level = ReadyQueue.NormalLevel;
        Scheduler.Begin(cores, count);
        Publish(first, boot);
        boot->Lends = 1;
        for (int core = 0; core < count; core++)
        {
            // Those that halt look again, and join.
            if (core != CoreBlock.Current()->Id)
            {
                sleep?.Wake(core);
            }
        }

        return true;
    }

    private static CoreScheduler* Make(CoreBlock* core)
    {
        var made = (CoreScheduler*)FrameAllocator.Allocate((ulong)sizeof(CoreScheduler), CoreScheduler.Alignment);
        if (made == null || !ThreadTable.AllocateStack(&made->Idle, IdleStackSize))
        {
            return null;
        }

        made->Core = core;
        made->Idle.Number = core->Id + 1;
        made->Idle.Binding = core->Id + 1;
        made->Idle.Core = core->Id;
        made->Idle.Level = -1;
        ThreadTable.SetBeginning(&made->Idle);
        return made;
    }

    private static void Publish(CoreScheduler* made, CoreBlock* core)
    {
        Volatile.Write(ref *(nint*)&core->Scheduler, (nint)made);
        Scheduler.Add(made);
    }
}

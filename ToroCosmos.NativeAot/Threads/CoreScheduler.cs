using ToroCosmos.NativeAot.Processor;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>What one core runs next. Others add to its queue and take from it under its lock.</summary>
internal unsafe struct CoreScheduler
{
    public const ulong Alignment = 128;

    public SchedulerLock Lock;

    /// <summary>1 while the core has nothing to run; whoever gives it a thread clears it.</summary>
    public int IsIdle;

    /// <summary>1 while the core runs what <c>Cores.Run</c> gave it, and no thread but those that are bound to it.</summary>
    public int IsTaken;

    /// <summary>When the running thread's slice is over; 0 while no other waits.</summary>
    public ulong SliceEnd;

    public CoreBlock* Core;
    public ReadyQueue Ready;

    /// <summary>The core's threads that any interrupt of it wakes. Its own, with interrupts disabled.</summary>
    public ThreadBlock* Sleepers;

    /// <summary>A thread that leaves this core for the one that it is bound to, once its registers are saved.</summary>
    public ThreadBlock* Leaving;

    /// <summary>The thread that halts the core.</summary>
    public ThreadBlock Idle;

    /// <summary>How many guard pages there were when the core last forgot its translations.</summary>
    public int KnownGuards;

    /// <summary>Ticks of the clock that the core has halted for want of a thread.</summary>
    public ulong IdleTicks;

    /// <summary>How often it switched threads, interrupted one for another, and took one from another core's queue.</summary>
    public ulong Switches;
    public ulong Preemptions;
    public ulong Taken;
}

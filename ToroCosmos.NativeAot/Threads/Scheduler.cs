using System.Runtime;
using System.Runtime.CompilerServices;
using System.Threading;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Apic;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.NativeAot.Threads;

/// <summary>
/// Which thread runs where: docs/threads.md. There is none until the first thread is started; each core has then a
/// <see cref="CoreScheduler"/> of its own.
/// </summary>
internal static unsafe class Scheduler
{
    /// <summary>
    /// The interrupt by which cores call on each other's scheduler, and that of their timers: one of the vectors of the
    /// masked 8259 controllers, which software has no other use for.
    /// </summary>
    public const byte Vector = 0x2E;

    private const uint SliceMicroseconds = 4000;

    /// <summary>A thread that could run goes before those of higher levels when it has waited for so long.</summary>
    private const uint StarvedMicroseconds = 100_000;

    /// <summary>When to ask a thread again that must not be preempted just then.</summary>
    private const uint RetryMicroseconds = 50;

    private static CoreScheduler** s_cores;
    private static int s_count;
    private static ulong s_sliceTicks;
    private static ulong s_retryTicks;
    private static ulong s_starvedTicks;

    /// <summary>Whether there are threads beside the cores' own.</summary>
    public static bool IsActive => Volatile.Read(ref s_count) != 0;

    /// <summary>How many cores may have a scheduler.</summary>
    public static int Count => Volatile.Read(ref s_count);

    /// <summary>A core's scheduler; null for a core that has none yet.</summary>
    public static CoreScheduler* OfCore(int core) => (CoreScheduler*)Volatile.Read(ref *(nint*)(s_cores + core));

    /// <summary>For <see cref="SchedulerStart"/>: a core has its scheduler.</summary>
    public static void Add(CoreScheduler* core) => Volatile.Write(ref *(nint*)(s_cores + core->Core->Id), (nint)core);

    /// <summary>For <see cref="SchedulerStart"/>: from here on there are threads.</summary>
    public static void Begin(CoreScheduler** cores, int count)
    {
        s_sliceTicks = TickMath.FromMicroseconds(SliceMicroseconds);
        s_starvedTicks = TickMath.FromMicroseconds(StarvedMicroseconds);
        s_retryTicks = TickMath.FromMicroseconds(RetryMicroseconds);
        s_cores = cores;
        Volatile.Write(ref s_count, count);
    }

    /// <summary>
    /// Waits until the running thread is woken or the deadline has passed, or for less: who calls looks whether what it
    /// waits for has come, and parks again.
    /// </summary>
    /// <param name="deadline">A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    public static void Park(ulong deadline)
    {
        bool enabled = Cpu.AreInterruptsEnabled();
        Cpu.DisableInterrupts();
        CoreScheduler* self = OfThisCore();
        ThreadBlock* thread = ThreadBlock.Current();
        if (self == null || self->IsTaken != 0 || thread->NoPreemption != 0)
        {
            Restore(enabled);
            Halt(thread, deadline);
            return;
        }

        ParkDisabled(self, thread, deadline);
        Restore(enabled);
    }

    /// <summary>Ends a thread's park, or its next one at once.</summary>
    public static void Unpark(ThreadBlock* thread)
    {
        int state = Interlocked.Exchange(ref thread->WakeState, WakeStates.Woken);
        if (state == WakeStates.Parked)
        {
            bool enabled = Cpu.AreInterruptsEnabled();
            Cpu.DisableInterrupts();
            Place(thread);
            Restore(enabled);
        }
        else if (state == WakeStates.Halted)
        {
            Cores.Sleep?.Wake(thread->Core);
        }
    }

    /// <summary>Lets another thread run, if one waits for this core.</summary>
    public static bool Yield()
    {
        if (!IsActive)
        {
            Cpu.Pause();
            return false;
        }

        bool enabled = Cpu.AreInterruptsEnabled();
        Cpu.DisableInterrupts();
        bool switched = ThreadBlock.Current()->NoPreemption == 0 && TryGiveWay();
        Restore(enabled);
        if (!switched)
        {
            Cpu.Pause();
        }

        return switched;
    }

    /// <summary>
    /// With interrupts disabled, for a thread that was interrupted: lets the thread run that should, which may be the same.
    /// </summary>
    public static void Preempt()
    {
        CoreScheduler* self = OfThisCore();
        ThreadBlock* thread = ThreadBlock.Current();
        RefreshLevel(thread);
        self->Lock.Enter();
        self->Ready.Add(thread);
        ThreadBlock* next = self->Ready.Take(s_starvedTicks);
        SetSlice(self);
        self->Lock.Exit();
        if (next == thread)
        {
            Arm(self);
        }
        else
        {
            SwitchTo(self, next);
        }
    }

    /// <summary>Lets a thread that has just been made run.</summary>
    public static void Start(ThreadBlock* thread)
    {
        bool enabled = Cpu.AreInterruptsEnabled();
        Cpu.DisableInterrupts();
        thread->Core = CoreBlock.Current()->Id;
        Place(thread);
        Restore(enabled);
    }

    /// <summary>Switches away from the running thread, which has ended. Interrupts are disabled.</summary>
    public static void Leave()
    {
        CoreScheduler* self = OfThisCore();
        SwitchTo(self, Choose(self));
    }

    /// <summary>What a thread does first on a core, with interrupts disabled.</summary>
    public static void Arrive()
    {
        CoreScheduler* self = OfThisCore();
        ThreadBlock* leaving = self->Leaving;
        if (leaving != null)
        {
            self->Leaving = null;
            Place(leaving);
        }
    }

    /// <summary>Binds the running thread to a core, or to none, and returns on it.</summary>
    /// <param name="core">The core; -1 for any.</param>
    /// <returns>False where the thread is a core's own.</returns>
    [RuntimeExport("ToroTryBind")]
    private static bool TryBind(int core)
    {
        if (!IsActive || ThreadBlock.Current() == &CoreBlock.Current()->OwnThread)
        {
            return false;
        }

        if (core >= 0 && OfCore(core) == null)
        {
            // It gets its scheduler when it next has nothing to do.
            Cores.Sleep?.Wake(core);
            while (OfCore(core) == null)
            {
                Yield();
            }
        }

        bool enabled = Cpu.AreInterruptsEnabled();
        Cpu.DisableInterrupts();
        ThreadBlock* thread = ThreadBlock.Current();
        thread->Binding = core + 1;
        if (core >= 0 && CoreBlock.Current()->Id != core)
        {
            // The thread that runs here next puts it into the queue of its core, when its registers are saved.
            CoreScheduler* self = OfThisCore();
            self->Leaving = thread;
            SwitchTo(self, Choose(self));
        }

        Restore(enabled);
        return true;
    }

    /// <summary>
    /// With interrupts disabled: lets others run until this core is interrupted or the deadline has passed.
    /// </summary>
    /// <returns>False where no others can run, for the caller to halt.</returns>
    [RuntimeExport("ToroTryPark")]
    private static bool TryPark(ulong deadline)
    {
        CoreScheduler* self = OfThisCore();
        ThreadBlock* thread = ThreadBlock.Current();
        if (self == null || self->IsTaken != 0 || thread->NoPreemption != 0)
        {
            return false;
        }

        // An interrupt of this core ends the wait, so it must go on here.
        int binding = thread->Binding;
        thread->Binding = self->Core->Id + 1;
        Sleep(self, thread, deadline);
        thread->Binding = binding;
        return true;
    }

    /// <summary>
    /// With interrupts disabled, from the core's own thread: lends the core to threads until it is interrupted.
    /// </summary>
    /// <returns>False where there are no threads, for the caller to halt.</returns>
    [RuntimeExport("ToroTryLend")]
    private static bool TryLend()
    {
        if (!IsActive)
        {
            return false;
        }

        CoreScheduler* self = OfThisCore();
        if (self == null)
        {
            self = SchedulerStart.Join(CoreBlock.Current());
            if (self == null)
            {
                return false;
            }
        }

        ThreadBlock* thread = ThreadBlock.Current();
        Volatile.Write(ref self->IsTaken, 0);
        self->Core->Lends = 1;

        // Their interrupts may have come while nobody listened.
        WakeSleepers(self);
        Sleep(self, thread, ulong.MaxValue);
        TakeBack(self);
        return true;
    }

    /// <summary>What an interrupt of this core means to its threads. In the handler.</summary>
    /// <param name="frame">What was interrupted.</param>
    /// <param name="vector">By which vector.</param>
    public static void Interrupted(InterruptFrame* frame, byte vector)
    {
        CoreScheduler* self = OfThisCore();
        if (vector != Vector)
        {
            WakeSleepers(self);
        }

        if (vector != Seam.Interrupts.WakeVector)
        {
            // The timer may have ended, within a handler that enabled interrupts too.
            TimerOf()?.TimerEnded();
        }

        ulong now = Clock.Now;
        WakeDue(now);
        ThreadBlock* thread = self->Core->Thread;
        if (self->IsTaken != 0)
        {
            return;
        }

        if (thread == &self->Idle)
        {
            // It looks for itself; only the timer is to be set.
            Arm(self);
            return;
        }

        self->Lock.Enter();
        int highest = self->Ready.HighestLevel;
        bool wanted = highest > thread->Level || (highest >= 0 && self->SliceEnd != 0 && now >= self->SliceEnd);
        if (highest < 0)
        {
            // Another core has taken those that waited.
            self->SliceEnd = 0;
        }
        else if (self->SliceEnd == 0)
        {
            self->SliceEnd = now + s_sliceTicks;
        }

        if (wanted && thread->NoPreemption != 0)
        {
            self->SliceEnd = now + s_retryTicks;
            wanted = false;
        }

        self->Lock.Exit();
        Arm(self);
        if (wanted)
        {
            self->Preemptions++;
            Preemption.Inject(frame);
        }
    }

    /// <summary>Ticks of the clock that all cores together have halted for want of a thread.</summary>
    public static ulong IdleTicks()
    {
        ulong sum = 0;
        for (int core = 0; core < Count; core++)
        {
            CoreScheduler* scheduler = OfCore(core);
            sum += scheduler == null ? 0 : Volatile.Read(ref scheduler->IdleTicks);
        }

        return sum;
    }

    /// <summary>The idle thread of a core: runs what there is, and halts the core when there is nothing.</summary>
    public static void Idle(CoreScheduler* self)
    {
        while (true)
        {
            Interlocked.Exchange(ref self->IsIdle, 1);
            ThreadBlock* next = Choose(self);
            if (next != &self->Idle)
            {
                Volatile.Write(ref self->IsIdle, 0);
                SwitchTo(self, next);
                continue;
            }

            Arm(self);
            ulong halted = Clock.Now;
            if (LocalApicTimer.IsUsable)
            {
                Cpu.EnableInterruptsAndHalt();
            }
            else
            {
                // Nothing ends a halt at a deadline.
                Cpu.EnableInterrupts();
                Cpu.Pause();
            }

            Cpu.DisableInterrupts();
            self->IdleTicks += Clock.Now - halted;
            if (!LocalApicTimer.IsUsable)
            {
                WakeSleepers(self);
                WakeDue(Clock.Now);
            }
        }
    }

    /// <summary>Brings the level of a thread that is in no queue up to its priority.</summary>
    private static void RefreshLevel(ThreadBlock* thread)
    {
        if (thread->Handle != 0)
        {
            thread->Level = ThreadObject.Priority(thread);
        }
    }

    /// <summary>
    /// With interrupts disabled: another thread runs, even one of a lower level. The class library yields until a thread
    /// that it has started runs.
    /// </summary>
    /// <returns>False when none waits for this core.</returns>
    private static bool TryGiveWay()
    {
        CoreScheduler* self = OfThisCore();
        if (self == null || self->IsTaken != 0 || self->Ready.Count == 0)
        {
            return false;
        }

        ThreadBlock* thread = ThreadBlock.Current();
        RefreshLevel(thread);
        self->Lock.Enter();
        ThreadBlock* next = self->Ready.Take(s_starvedTicks);
        if (next != null)
        {
            self->Ready.Add(thread);
            SetSlice(self);
        }

        self->Lock.Exit();
        if (next == null)
        {
            return false;
        }

        SwitchTo(self, next);
        return true;
    }

    private static CoreScheduler* OfThisCore() => (CoreScheduler*)CoreBlock.Current()->Scheduler;

    /// <summary>Parks the thread among those that an interrupt of the core wakes.</summary>
    private static void Sleep(CoreScheduler* self, ThreadBlock* thread, ulong deadline)
    {
        thread->NextSleeper = self->Sleepers;
        self->Sleepers = thread;
        ParkDisabled(self, thread, deadline);
        for (ThreadBlock** link = &self->Sleepers; *link != null; link = &(*link)->NextSleeper)
        {
            if (*link == thread)
            {
                *link = thread->NextSleeper;
                break;
            }
        }

        thread->NextSleeper = null;
    }

    private static void ParkDisabled(CoreScheduler* self, ThreadBlock* thread, ulong deadline)
    {
        if (Interlocked.CompareExchange(ref thread->WakeState, WakeStates.Parked, WakeStates.None) == WakeStates.None)
        {
            if (deadline != ulong.MaxValue && Deadlines.Add(thread, deadline))
            {
                CallForDeadline(self);
            }

            ThreadBlock* next = Choose(self);
            if (next != thread)
            {
                SwitchTo(self, next);
            }

            if (deadline != ulong.MaxValue)
            {
                Deadlines.Remove(thread);
            }
        }

        // A fence: what the one who wakes stored before is seen by the look that follows.
        Interlocked.Exchange(ref thread->WakeState, WakeStates.None);
    }

    /// <summary>Parks where no other thread can run: the core halts, or pauses before there is anything to end a halt.</summary>
    private static void Halt(ThreadBlock* thread, ulong deadline)
    {
        CoreSleep? sleep = Cores.Sleep;
        if (sleep == null || thread->NoPreemption != 0)
        {
            Cpu.Pause();
            Interlocked.Exchange(ref thread->WakeState, WakeStates.None);
            return;
        }

        sleep.Begin();
        if (Interlocked.CompareExchange(ref thread->WakeState, WakeStates.Halted, WakeStates.None) == WakeStates.None
            && Clock.Now < deadline)
        {
            sleep.Sleep(deadline);
        }
        else
        {
            sleep.Cancel();
        }

        Interlocked.Exchange(ref thread->WakeState, WakeStates.None);
    }

    /// <summary>
    /// Puts a thread into the ready queue of a core: the one it must stay on or whose stack it has not left; the one it
    /// ran on last, if that is idle; another idle one; the one with the shortest queue.
    /// </summary>
    private static void Place(ThreadBlock* thread)
    {
        RefreshLevel(thread);
        while (true)
        {
            CoreScheduler* target = CoreFor(thread);
            target->Lock.Enter();
            if (target->IsTaken != 0 && thread->Binding == 0)
            {
                target->Lock.Exit();
                continue;
            }

            target->Ready.Add(thread);
            bool call = target->IsIdle != 0 || target->SliceEnd == 0 || thread->Level > target->Core->Thread->Level;
            Volatile.Write(ref target->IsIdle, 0);
            target->Lock.Exit();

            // A handler looks at its core's queue when it has woken all.
            CoreBlock* core = CoreBlock.Current();
            if (call && (target->Core != core || core->InterruptDepth == 0))
            {
                Call(target);
            }

            return;
        }
    }

    private static CoreScheduler* CoreFor(ThreadBlock* thread)
    {
        if (thread->Binding != 0)
        {
            return OfCore(thread->Binding - 1);
        }

        int last = thread->Core;
        CoreScheduler* best = OfCore(last);
        if (best != null && (Volatile.Read(ref thread->OnCore) != 0 || IsFree(best)))
        {
            return best;
        }

        best = null;
        for (int i = 0; i < s_count; i++)
        {
            int core = last + i < s_count ? last + i : last + i - s_count;
            CoreScheduler* other = OfCore(core);
            if (other == null || Volatile.Read(ref other->IsTaken) != 0)
            {
                continue;
            }

            if (IsFree(other))
            {
                return other;
            }

            if (best == null || other->Ready.Count < best->Ready.Count)
            {
                best = other;
            }
        }

        return best == null ? OfCore(0) : best;
    }

    private static bool IsFree(CoreScheduler* core) =>
        Volatile.Read(ref core->IsIdle) != 0 && Volatile.Read(ref core->IsTaken) == 0;

    /// <summary>Has a core look at its queue.</summary>
    private static void Call(CoreScheduler* target)
    {
        int core = target->Core->Id;
        if (!Cores.SendInterrupt(core, Vector) && LocalApic.IsReady)
        {
            // Owed, and sent by whoever can.
            Cores.Sleep?.Wake(core);
        }
    }

    /// <summary>The earliest deadline is another one: core 0's timer is to be set.</summary>
    private static void CallForDeadline(CoreScheduler* self)
    {
        CoreScheduler* first = OfCore(0);
        if (self == first)
        {
            Arm(self);
        }
        else
        {
            Call(first);
        }
    }

    /// <summary>The next thread of this core: of its queue, else of another core's, else the idle one.</summary>
    private static ThreadBlock* Choose(CoreScheduler* self)
    {
        self->Lock.Enter();
        ThreadBlock* next = self->Ready.Take(s_starvedTicks);
        SetSlice(self);
        self->Lock.Exit();
        if (next == null && self->IsTaken == 0)
        {
            next = TakeFromOthers(self);
        }

        return next == null ? &self->Idle : next;
    }

    private static ThreadBlock* TakeFromOthers(CoreScheduler* self)
    {
        int id = self->Core->Id;
        for (int i = 1; i < s_count; i++)
        {
            CoreScheduler* other = OfCore(id + i < s_count ? id + i : id + i - s_count);
            if (other != null && other->Ready.Count != 0)
            {
                other->Lock.Enter();
                ThreadBlock* thread = other->Ready.TakeFree();
                other->Lock.Exit();
                if (thread != null)
                {
                    self->Taken++;
                    return thread;
                }
            }
        }

        return null;
    }

    /// <summary>Begins a slice when others wait, under the lock.</summary>
    private static void SetSlice(CoreScheduler* self) =>
        self->SliceEnd = self->Ready.Count == 0 ? 0 : Clock.Now + s_sliceTicks;

    /// <summary>Sets this core's timer for the end of the slice, and on core 0 for the earliest deadline.</summary>
    private static void Arm(CoreScheduler* self)
    {
        ulong end = self->SliceEnd == 0 ? ulong.MaxValue : self->SliceEnd;
        if (self->Core->Id == 0)
        {
            ulong earliest = Deadlines.Earliest;
            end = earliest < end ? earliest : end;
        }

        if (end != ulong.MaxValue && LocalApicTimer.IsUsable)
        {
            TimerOf()!.ArmTimer(end);
        }
    }

    private static HaltSleep? TimerOf() => Unsafe.As<HaltSleep?>(Cores.Sleep);

    private static void SwitchTo(CoreScheduler* self, ThreadBlock* next)
    {
        ThreadBlock* thread = self->Core->Thread;
        next->OnCore = 1;
        next->Core = self->Core->Id;
        self->Switches++;
        if (self->SliceEnd != 0)
        {
            Arm(self);
        }

        if (self->KnownGuards != ThreadTable.Guards)
        {
            self->KnownGuards = ThreadTable.Guards;
            NativeCpu.WriteCr3(NativeCpu.ReadCr3());
        }

        SwitchThread(thread, next);
        Arrive();
    }

    private static void WakeSleepers(CoreScheduler* self)
    {
        while (self->Sleepers != null)
        {
            ThreadBlock* thread = self->Sleepers;
            self->Sleepers = thread->NextSleeper;
            thread->NextSleeper = null;
            Unpark(thread);
        }
    }

    private static void WakeDue(ulong now)
    {
        for (ThreadBlock* due = Deadlines.TakeDue(now); due != null; due = Deadlines.TakeDue(now))
        {
            Unpark(due);
        }
    }

    /// <summary>The core's own thread goes on: those that wait for the core go elsewhere.</summary>
    private static void TakeBack(CoreScheduler* self)
    {
        ThreadBlock* waiting = null;
        self->Lock.Enter();
        self->IsTaken = 1;
        self->Core->Lends = 0;
        for (ThreadBlock* thread = self->Ready.TakeFree(); thread != null; thread = self->Ready.TakeFree())
        {
            thread->Next = waiting;
            waiting = thread;
        }

        self->SliceEnd = 0;
        self->Lock.Exit();
        while (waiting != null)
        {
            ThreadBlock* thread = waiting;
            waiting = thread->Next;
            Place(thread);
        }
    }

    private static void Restore(bool enabled)
    {
        if (enabled)
        {
            Cpu.EnableInterrupts();
        }
    }

    [RuntimeImport("*", "switch_thread")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void SwitchThread(ThreadBlock* from, ThreadBlock* to);
}

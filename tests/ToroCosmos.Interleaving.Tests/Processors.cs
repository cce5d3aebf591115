using System;
using System.Collections.Generic;
using System.Linq;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.Platform;
using ToroCosmos.Seam;
using ToroCosmos.Smp;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>
/// A machine's processors: the boot core and those that it starts and hands functions to. Two of them may have one APIC id:
/// they are one processor that rises twice.
/// </summary>
internal sealed unsafe class Processors : IDisposable
{
    // The shared words.
    private const int Prepared = 0;
    private const int Claims = 8;
    private const int Results = 16;

    [ThreadStatic]
    private static SlotMemory? s_memory;

    private readonly uint[] _slotIds;
    private readonly uint[] _risingIds;
    private readonly SlotMemory _memory;

    /// <param name="slotIds">The APIC ids of the slots.</param>
    /// <param name="risingIds">The APIC ids of the processors that rise when they are started.</param>
    public Processors(uint[] slotIds, uint[] risingIds)
    {
        _slotIds = slotIds;
        _risingIds = risingIds;
        _memory = new SlotMemory(slotIds, 1 + risingIds.Length);
        s_memory = _memory;
    }

    public PlantedFault Fault { get; init; }

    /// <summary>As for <see cref="Explorer"/>.</summary>
    public bool IsReduced { get; init; } = true;

    public WaitLengths Waiting { get; init; } = new(0, 0);

    /// <summary>A limit for the boot core's first wait for a function; then it waits as long as it takes.</summary>
    public bool IsFirstWaitTimed { get; init; }

    /// <summary>Why processors are not online, of the searches so far.</summary>
    public HashSet<StartFailureReason> Failures { get; } = [];

    /// <summary>How many cores were online, of the searches so far.</summary>
    public HashSet<int> Online { get; } = [];

    /// <summary>Starts all, then runs a function on each that is online.</summary>
    public ExplorationResult ExploreStart() => ExploreStart(new CoreSteps(3, Rise), 1 + _slotIds.Length);

    /// <summary>Starts all; they have nothing to do.</summary>
    public ExplorationResult ExploreStartAlone() => ExploreStart(new CoreSteps(2, Rise), 1);

    /// <summary>Runs functions on a processor that is online, one after the other.</summary>
    public ExplorationResult ExploreMailbox(int functions)
    {
        _memory.SlotOfCore[1] = _memory.Slots;
        return Explore(
            new CoreSteps(functions, step => RunOne(1, step)),
            new CoreSteps(functions, _ => CoreMailbox.ServeOne(_memory.Slots, 1, new SlotSleep(this), Waiting)));
    }

    /// <summary>As <see cref="ExploreMailbox"/>, with a wait set for the end of each function.</summary>
    public ExplorationResult ExploreIdle(int functions)
    {
        CoreSlot* slot = _memory.Slots;
        WaitSet set = new(0, 1, new SlotSleep(this), Waiting);
        Assert.Equal(WaitStatus.Ok, set.Add(new IdleCore(slot)));
        _memory.SlotOfCore[1] = slot;
        return Explore(
            new CoreSteps(functions, step =>
            {
                Assert.Equal(WaitStatus.Ok, set.TryWait(out _));
                CoreMailbox.Post(slot, 1, step % 2 == 0 ? &Even : &Odd, new SlotSleep(this));
                Assert.Equal(WaitStatus.Ok, set.Wait(out _));
                Assert.Equal(ResultOf(step), Volatile.Read(ref _memory.Shared[Results + 1]));
            }),
            new CoreSteps(functions, _ => CoreMailbox.ServeOne(slot, 1, new SlotSleep(this), Waiting)));
    }

    /// <summary>One core waits until the other has written a word, several times.</summary>
    public ExplorationResult ExploreWait(int times, ulong deadline = ulong.MaxValue)
    {
        CoreSlot* slot = _memory.Slots;
        CoreSleep sleep = new ExploredSleep();
        return Explore(
            new CoreSteps(times, step =>
            {
                bool isWritten = CoreWait.While(&slot->Finished, (uint)step, &slot->BootAsleep, sleep, Waiting, deadline);
                Assert.True(isWritten || deadline != ulong.MaxValue);
                if (!isWritten)
                {
                    Assert.True(CoreWait.While(&slot->Finished, (uint)step, &slot->BootAsleep, sleep, Waiting, ulong.MaxValue));
                }

                // The other one waits until this one has seen it.
                Volatile.Write(ref slot->Posted, (uint)step + 1);
                CoreWait.WakeIfAsleep(&slot->Asleep, sleep, 1);
            }),
            new CoreSteps(times, step =>
            {
                Volatile.Write(ref slot->Finished, (uint)step + 1);
                CoreWait.WakeIfAsleep(&slot->BootAsleep, sleep, 0);
                Assert.True(CoreWait.While(&slot->Posted, (uint)step, &slot->Asleep, sleep, Waiting, ulong.MaxValue));
            }));
    }

    public void Dispose()
    {
        s_memory = null;
        _memory.Dispose();
    }

    private ExplorationResult ExploreStart(CoreSteps other, int bootSteps) => Explore(
        new CoreSteps(bootSteps, step =>
        {
            if (step == 0)
            {
                StartAll();
            }
            else if (step < _memory.NotesOf(0)[0])
            {
                RunOne(step, step);
            }
        }),
        other);

    private ExplorationResult Explore(CoreSteps boot, CoreSteps other) =>
        Explorer.Explore(_memory, [boot, .. Enumerable.Repeat(other, _risingIds.Length)], Fault, IsReduced);

    private void StartAll()
    {
        StartReport report = new();
        CoreStarter.Start(
            _memory.Slots, _slotIds.Length, new Port(this), new SlotSleep(this), _memory.SlotOfCore, report);
        Assert.Equal(_slotIds.Length, report.Online - 1 + report.Failures.Count);
        _memory.NotesOf(0)[0] = (uint)report.Online;
        Online.Add(report.Online);
        Failures.UnionWith(report.Failures.Select(failure => failure.Reason));
    }

    private void RunOne(int core, int number)
    {
        CoreSlot* slot = _memory.SlotOfCore[core];
        Assert.False(CoreMailbox.IsBusy(slot));
        CoreMailbox.Post(slot, core, number % 2 == 0 ? &Even : &Odd, new SlotSleep(this));
        ulong deadline = IsFirstWaitTimed ? Clock.Now + TickMath.FromMicroseconds(1) : ulong.MaxValue;
        if (!CoreMailbox.WaitUntilFinished(slot, new SlotSleep(this), Waiting, deadline))
        {
            Assert.True(IsFirstWaitTimed);
            Assert.True(CoreMailbox.WaitUntilFinished(slot, new SlotSleep(this), Waiting, ulong.MaxValue));
        }

        Assert.Equal(ResultOf(number), Volatile.Read(ref _memory.Shared[Results + core]));
    }

    private void Rise(int step)
    {
        int processor = CoreRun.Current!.Core;
        uint* notes = _memory.NotesOf(processor);
        ref uint number = ref notes[0];
        ref uint isAccepted = ref notes[1];
        switch (step)
        {
            case 0:
                CoreRun.Current.Sleep(isTimed: false);
                number = CoreRun.Current.Exchange(_memory.Shared + Prepared, 0, "StartUpCode");
                break;
            case 1 when number != 0:
                CoreSlot* slot = CoreStarter.Answer(
                    _memory.Slots, _slotIds.Length, _risingIds[processor - 1], (int)number, new SlotSleep(this));
                if (slot != null)
                {
                    Assert.Equal(0u, CoreRun.Current.Exchange(_memory.Shared + Claims + number, 1, "Claim"));
                    isAccepted = 1;
                }

                break;
            case 2 when isAccepted != 0:
                int own = Array.IndexOf(_slotIds, _risingIds[processor - 1]);
                CoreMailbox.ServeOne(_memory.Slots + own, (int)number, new SlotSleep(this), Waiting);
                break;
        }
    }

    private static uint ResultOf(int number) => number % 2 == 0 ? 1000u : 1001u;

    private static void Even(int core) => Volatile.Write(ref s_memory!.Shared[Results + core], ResultOf(0));

    private static void Odd(int core) => Volatile.Write(ref s_memory!.Shared[Results + core], ResultOf(1));

    /// <summary>Interrupts all processors of an APIC id.</summary>
    private void Interrupt(uint apicId)
    {
        for (int i = 0; i < _risingIds.Length; i++)
        {
            if (_risingIds[i] == apicId)
            {
                CoreRun.Current!.Wake(1 + i);
            }
        }
    }

    /// <summary>Finds the processor of a core as the kernel does, in the boot core's table.</summary>
    private sealed class SlotSleep(Processors processors) : ExploredSleep
    {
        public override void Wake(int core)
        {
            if (core == 0)
            {
                base.Wake(0);
            }
            else
            {
                processors.Interrupt(processors._memory.SlotOfCore[core]->ApicId);
            }
        }
    }

    /// <summary>A start-up interrupt waits until a processor takes it; it is sent behind the stores before it.</summary>
    private sealed class Port(Processors processors) : StartUpPort
    {
        public override bool CanAddress(uint apicId) => true;

        public override bool SendInit(uint apicId) => true;

        public override bool SendStartUp(uint apicId, byte page)
        {
            CoreRun.Current!.Fence(CoreRun.StartUpInterrupt);
            processors.Interrupt(apicId);
            return true;
        }

        public override byte Prepare(int core)
        {
            Volatile.Write(ref processors._memory.Shared[Prepared], (uint)core);
            return 1;
        }
    }
}

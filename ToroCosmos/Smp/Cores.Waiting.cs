using System;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp;

/// <content>Waiting for several things at once. To be made on the boot core, after <see cref="Start"/>.</content>
public static unsafe partial class Cores
{
    private static IdleCore?[]? s_idleCores;

    /// <summary>Makes a wait set for a core of the machine.</summary>
    /// <param name="core">The core that will wait: from 0, below <see cref="Count"/>.</param>
    /// <param name="capacity">How many sources the set can hold: 1 or more.</param>
    /// <exception cref="InvalidOperationException"><see cref="Start"/> was not called.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static WaitSet CreateWaitSet(int core, int capacity)
    {
        HaltSleep sleep = SleepAfterStart();
        ThrowUnlessCore(core, 0);
        return new WaitSet(core, capacity, sleep, s_lengths);
    }

    /// <summary>Makes a signal between cores of the machine, or from an interrupt handler to the core it runs on.</summary>
    /// <param name="core">The core that waits for it: from 0, below <see cref="Count"/>.</param>
    /// <param name="setter">The core that sets it, which may be the same.</param>
    /// <returns>Null when the machine has no memory left for it.</returns>
    /// <exception cref="InvalidOperationException"><see cref="Start"/> was not called.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such core.</exception>
    public static CoreSignal? CreateSignal(int core, int setter)
    {
        HaltSleep sleep = SleepAfterStart();
        ThrowUnlessCore(core, 0);
        ThrowUnlessCore(setter, 0);
        byte* memory = PhysicalMemory.Allocate(CoreSignal.MemoryBytes, CoreSignal.MemoryAlignment);
        return memory == null ? null : new CoreSignal(core, setter, sleep, memory);
    }

    /// <summary>
    /// A source for a wait set of the boot core: it has news while another core runs no function, because it has finished
    /// what it was given or was given nothing yet. The same at each call.
    /// </summary>
    /// <param name="core">From 1, below <see cref="Count"/>.</param>
    /// <exception cref="InvalidOperationException">The calling core is not the boot core.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such core.</exception>
    public static WaitSource Idle(int core)
    {
        CoreSlot* slot = Slot(core);
        s_idleCores ??= new IdleCore?[Count];
        return s_idleCores[core] ??= new IdleCore(slot);
    }

    private static HaltSleep SleepAfterStart() =>
        s_sleep ?? throw new InvalidOperationException("Nothing can be waited for before Cores.Start.");
}

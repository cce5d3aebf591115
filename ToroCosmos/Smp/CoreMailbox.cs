using System.Threading;
using ToroCosmos.Seam;
using ToroCosmos.Smp.Startup;
using ToroCosmos.Smp.Waiting;

namespace ToroCosmos.Smp;

/// <summary>
/// Hands functions to a core, one at a time. A posted function makes <see cref="CoreSlot.Posted"/> one more than
/// <see cref="CoreSlot.Finished"/>; finishing it makes them equal again.
/// </summary>
internal static unsafe class CoreMailbox
{
    private const int BootCore = 0;

    /// <summary>Boot core: whether the core has a function that it has not finished.</summary>
    public static bool IsBusy(CoreSlot* slot) => Volatile.Read(ref slot->Finished) != Volatile.Read(ref slot->Posted);

    /// <summary>Boot core: posts a function to a core that is not busy.</summary>
    public static void Post(CoreSlot* slot, int core, delegate*<int, void> function, CoreSleep sleep)
    {
        Volatile.Write(ref slot->Function, (nint)function);
        Volatile.Write(ref slot->Posted, Volatile.Read(ref slot->Posted) + 1);
        CoreWait.WakeIfAsleep(&slot->Asleep, sleep, core);
    }

    /// <summary>Boot core: waits until the core has finished.</summary>
    /// <returns>False when it had not at the deadline.</returns>
    public static bool WaitUntilFinished(CoreSlot* slot, CoreSleep sleep, WaitLengths lengths, ulong deadline) =>
        !IsBusy(slot)
        || CoreWait.While(
            &slot->Finished, Volatile.Read(ref slot->Posted) - 1, &slot->BootAsleep, sleep, lengths, deadline);

    /// <summary>The other core: waits for the next function, runs it and says so.</summary>
    public static void ServeOne(CoreSlot* slot, int core, CoreSleep sleep, WaitLengths lengths)
    {
        uint finished = Volatile.Read(ref slot->Finished);
        CoreWait.While(&slot->Posted, finished, &slot->Asleep, sleep, lengths, ulong.MaxValue);
        nint function = Volatile.Read(ref slot->Function);
        Cpu.Call((delegate*<int, void>)function, core);
        Volatile.Write(ref slot->Finished, finished + 1);
        CoreWait.WakeIfAsleep(&slot->BootAsleep, sleep, BootCore);
    }
}

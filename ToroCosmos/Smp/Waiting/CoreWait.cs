using System.Threading;
using ToroCosmos.Platform;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp.Waiting;

/// <summary>Waiting for a word that another core writes: poll a while, pause a while, then sleep.</summary>
internal static unsafe class CoreWait
{
    /// <summary>Waits as long as a word has a value.</summary>
    /// <param name="word">Written by the other core, which then calls <see cref="WakeIfAsleep"/>.</param>
    /// <param name="value">What the word is to differ from.</param>
    /// <param name="asleep">Written by this core only; read by the other one.</param>
    /// <param name="sleep">How this core sleeps.</param>
    /// <param name="lengths">How long to poll and to pause.</param>
    /// <param name="deadline">A value of <see cref="Clock.Now"/>; <see cref="ulong.MaxValue"/> for none.</param>
    /// <returns>False when the word still had the value at the deadline.</returns>
    public static bool While(uint* word, uint value, uint* asleep, CoreSleep sleep, WaitLengths lengths, ulong deadline)
    {
        WordWait wait = new(word, value, asleep);
        Waiter waiter = new(sleep, lengths);
        return wait.HasNews() || waiter.Poll(wait) || waiter.Sleep(wait, deadline);
    }

    /// <summary>Wakes the core that waits for a word which this core has just written.</summary>
    public static void WakeIfAsleep(uint* asleep, CoreSleep sleep, int core)
    {
        // Orders the word before the look at the announcement.
        Cpu.FullFence();
        if (Volatile.Read(ref *asleep) != 0)
        {
            sleep.Wake(core);
        }
    }
}

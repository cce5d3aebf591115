using System;
using ToroCosmos.Seam;

namespace ToroCosmos.Smp;

/// <content>Threads and cores. A kernel of IL2CPU has no threads.</content>
public static unsafe partial class Cores
{
    /// <summary>
    /// From here on the calling thread, one that the kernel has started, runs on one core alone: it may use what belongs to
    /// that core, such as its end of the bus. While the core runs a function of <c>Run</c> the thread waits. The threads that
    /// cores begin with, <c>Main</c>'s on core 0 among them, stay on their cores always.
    /// </summary>
    /// <param name="core">From 0, below <see cref="Count"/>. The call returns on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such core.</exception>
    /// <exception cref="InvalidOperationException">The calling thread is a core's own.</exception>
    [AnyCore]
    public static void StayOn(int core)
    {
        ThrowUnlessCore(core, 0);
        ThrowUnlessBound(core);
    }

    /// <summary>From here on the calling thread runs on any core again.</summary>
    /// <exception cref="InvalidOperationException">The calling thread is a core's own.</exception>
    [AnyCore]
    public static void StayOnAny() => ThrowUnlessBound(-1);

    private static void ThrowUnlessBound(int core)
    {
        if (!Scheduling.TryBind(core))
        {
            throw new InvalidOperationException("The thread that a core begins with stays on it.");
        }
    }
}

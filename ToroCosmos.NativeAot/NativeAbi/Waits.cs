using System.Runtime;
using ToroCosmos.NativeAot.SystemAbi;

namespace ToroCosmos.NativeAot.NativeAbi;

/// <summary>Waiting for events, as the runtime interface has it.</summary>
internal static unsafe class Waits
{
    [RuntimeExport("RhCompatibleReentrantWaitAny")]
    private static uint WaitAny(int alertable, uint milliseconds, uint count, Events.Event** events) =>
        Events.WaitForAny(count, events, milliseconds);
}

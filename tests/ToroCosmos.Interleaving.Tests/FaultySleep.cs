using System;
using ToroCosmos.Interleaving.Tests.Exploration;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>A sleep that tells sources with faults when the core halts.</summary>
internal sealed class FaultySleep(params FaultySource?[] sources) : ExploredSleep
{
    public override void Sleep(ulong deadline)
    {
        Array.ForEach(sources, source => source?.Halt());
        base.Sleep(deadline);
    }
}

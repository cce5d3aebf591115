using System;
using ToroCosmos.Benchmarking;
using ToroCosmos.Smp;

namespace ToroCosmos.BusBenchmark;

/// <summary>Core 1 of the machine.</summary>
internal sealed class CoreOne : SecondCore
{
    public override void Run(Action work) => Cores.Run(1, _ => work());

    public override void Join() => Cores.Join(1);
}

using System;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>What a core does on the bus.</summary>
/// <param name="Steps">As in <see cref="CoreSteps"/>.</param>
/// <param name="Run">One of the steps, on the core's endpoint.</param>
internal sealed record CoreProgram(int Steps, Action<BusEndpoint, int> Run)
{
    public CoreSteps On(BusEndpoint end) => new(Steps, step => Run(end, step));
}

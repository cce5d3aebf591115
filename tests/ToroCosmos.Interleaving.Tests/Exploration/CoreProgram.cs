using System;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// What a core does, in steps. A step keeps nothing for the next one but in the bus: it depends on its number only.
/// </summary>
/// <param name="Steps">How many.</param>
/// <param name="Run">One of them, by number from 0; an exception is a violation.</param>
internal sealed record CoreProgram(int Steps, Action<BusEndpoint, int> Run);

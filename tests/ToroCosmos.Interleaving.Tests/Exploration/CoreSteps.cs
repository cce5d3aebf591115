using System;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// What a core does, in steps. A step keeps nothing for the next one but in memory: it depends on that and on its number only.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="Run">One of them, by number from 0; an exception is a violation.</param>
internal sealed record CoreSteps(int Count, Action<int> Run);

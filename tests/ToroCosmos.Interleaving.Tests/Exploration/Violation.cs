using System;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>An order of moves goes wrong.</summary>
internal sealed class Violation(string message) : Exception(message);

using System;
using System.Runtime.CompilerServices;
using ToroCosmos.Interleaving.Tests.Exploration;
using Xunit;

namespace ToroCosmos.Interleaving.Tests;

/// <summary>Explores what must be right, and prints how much that covers.</summary>
internal static class Sound
{
    public static void Check(Scenario scenario, [CallerMemberName] string test = "") =>
        Check(scenario.Explore(), $"{test}, {scenario.Cores} cores, queue of {scenario.QueueSize}");

    public static void Check(ExplorationResult result, string test)
    {
        Console.WriteLine(
            $"{test}: {result.Interleavings:0.0E+0} interleavings, {result.States} states, {result.Moves} moves");
        Assert.True(result.Violation is null, result.Violation);
    }
}

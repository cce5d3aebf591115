using System;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>Takes a core's run back to the explorer at an access that is not decided yet.</summary>
internal sealed class CoreStopped : Exception
{
    public static readonly CoreStopped Instance = new();
}

using System;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// One core, stopped before an access. What it has on its stack is not kept: it is made anew by running the step from its
/// beginning, with the results that its accesses had.
/// </summary>
internal sealed record CoreState
{
    /// <summary>The step of its program that it is in.</summary>
    public required int Step { get; init; }

    /// <summary>The memory as it was at the beginning of the step: the core's private part counts.</summary>
    public required byte[] Image { get; init; }

    /// <summary>The hash of the image.</summary>
    public required UInt128 ImageHash { get; init; }

    /// <summary>The results of the step's accesses so far.</summary>
    public required ulong[] Results { get; init; }

    /// <summary>Its store buffer, oldest first.</summary>
    public required BufferedStore[] Buffer { get; init; }

    /// <summary>What it is about to do.</summary>
    public required Access Next { get; init; }

    /// <summary>An interrupt waits for it.</summary>
    public bool IsWoken { get; init; }
}

using System.Collections.Generic;

namespace ToroCosmos.Programs.Tests;

/// <summary>
/// The programs that a kernel does not yet run as the host does. Each must fail exactly so: one that is mended fails the
/// test until it is taken out here.
/// </summary>
internal static class KnownFailures
{
    public static IReadOnlyList<KnownFailure> All { get; } =
    [
    ];
}

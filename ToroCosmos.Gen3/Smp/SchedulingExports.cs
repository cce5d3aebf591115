using System.Runtime;

namespace ToroCosmos.Gen3.Smp;

/// <summary>The seam's <see cref="Seam.Scheduling"/>: Cosmos' threads run on the boot core alone, by its own scheduler.</summary>
internal static class SchedulingExports
{
    [RuntimeExport("ToroTryPark")]
    private static bool TryPark(ulong deadline) => false;

    [RuntimeExport("ToroTryLend")]
    private static bool TryLend() => false;

    [RuntimeExport("ToroTryBind")]
    private static bool TryBind(int core) => false;
}

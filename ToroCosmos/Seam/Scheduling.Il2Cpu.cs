namespace ToroCosmos.Seam;

internal static partial class Scheduling
{
    // A Cosmos kernel has no threads.
    public static partial bool TryPark(ulong deadline) => false;

    public static partial bool TryLend() => false;

    public static partial bool TryBind(int core) => false;
}

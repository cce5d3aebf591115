namespace ToroCosmos.NativeAot.Smp;

internal static class OtherCores
{
    public static void Stop()
    {
    }
}

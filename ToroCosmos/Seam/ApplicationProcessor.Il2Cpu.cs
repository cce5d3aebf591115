namespace ToroCosmos.Seam;

public static unsafe partial class ApplicationProcessor
{
    public static partial byte Prepare(int core, delegate*<int, void> entry) => throw PlugMissing.Error();
}

namespace ToroCosmos.Seam;

public static unsafe partial class VectorCopy
{
    public static partial bool IsSupported => false;

    public static partial void CopyLine(byte* destination, byte* source)
    {
        for (int i = 0; i < LineBytes / sizeof(ulong); i++)
        {
            ((ulong*)destination)[i] = ((ulong*)source)[i];
        }
    }
}

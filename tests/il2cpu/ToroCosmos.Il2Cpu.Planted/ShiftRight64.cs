namespace ToroCosmos.Il2Cpu.Planted;

public static class ShiftRight64
{
    [Violates("ShiftRight64")]
    public static long By32(long a) => a >> 32;

    [Violates("ShiftRight64")]
    public static long By63(long a) => a >> 63;

    [Violates("ShiftRight64")]
    public static long ByAVariable(long a, int b) => a >> b;

    [Violates("ShiftRight64")]
    public static long ByOneOfTwo(long a, bool far) => a >> (far ? 40 : 4);

    public static long By31(long a) => a >> 31;

    public static ulong Unsigned(ulong a, int b) => (a >> b) + (a >> 40);

    public static int OfAnInt(int a, int b) => a >> b;

    public static nint OfANativeNumber(nint a, int b) => a >> b;

    public static long ToTheLeft(long a) => a << 40;
}

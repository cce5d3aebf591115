namespace ToroCosmos.Il2Cpu.Planted;

public static class FloatRemainder
{
    [Violates("FloatRemainder")]
    public static double OfDoubles(double a, double b) => a % b;

    [Violates("FloatRemainder")]
    public static float OfFloats(float a, float b) => a % b;

    public static int OfInts(int a, int b) => a % b;
}

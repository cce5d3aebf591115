namespace ToroCosmos.Il2Cpu.Planted;

[AnyCore]
public static class MayThrow
{
    [Violates("MayThrow")]
    public static string Cast(object a) => (string)a;

    [Violates("MayThrow")]
    public static int Unboxed(object a) => (int)a;

    [Violates("MayThrow")]
    public static int Sum(int a, int b) => checked(a + b);

    [Violates("MayThrow")]
    public static byte Narrowed(int a) => checked((byte)a);

    public static string? Tried(object a) => a as string;

    public static int UncheckedSum(int a, int b) => unchecked((byte)(a + b));
}

namespace ToroCosmos.Il2Cpu.Planted;

public static unsafe class Division64
{
    private static Pair<ulong> s_pair;

    public enum Wide : long
    {
        None,
    }

    [Violates("Division64")]
    public static long Quotient(long a, long b) => a / b;

    [Violates("Division64")]
    public static ulong QuotientUnsigned(ulong a, ulong b) => a / b;

    [Violates("Division64")]
    public static long Remainder(long a, long b) => a % b;

    [Violates("Division64")]
    public static ulong RemainderUnsigned(ulong a, ulong b) => a % b;

    [Violates("Division64")]
    public static ulong ByAPowerOfTwo(ulong a) => a / 8;

    [Violates("Division64")]
    public static long OfAnIntMadeWide(int a, long b) => a / b;

    [Violates("Division64")]
    public static long BehindAChoice(bool which, long a, long b) => (which ? a : b) / 3;

    [Violates("Division64")]
    public static ulong OfAFieldOfAGenericType() => s_pair.First / 3;

    [Violates("Division64")]
    public static ulong OfAResultOfAGenericType() => s_pair.Second() / 3;

    [Violates("Division64")]
    public static ulong OfAResultOfAGenericMethod(ulong a) => Pair<int>.Same(a) / 3;

    [Violates("Division64")]
    public static long OfAWideEnum(Wide a) => (long)a / 3;

    [Violates("Division64")]
    public static long OfAnArrayElement(long[] a) => a[0] / a.Length;

    [Violates("Division64")]
    public static ulong BehindAPointer(ulong* a) => a[1] % 10;

    [Violates("Division64")]
    public static ulong InACatchBlock(ulong a)
    {
        try
        {
            return Pair<ulong>.Same(a);
        }
        catch
        {
            return a / 3;
        }
    }

    public static int OfInts(int a, int b) => (a / b) + (a % b);

    public static uint OfUnsignedInts(uint a, uint b) => (a / b) + (a % b);

    public static nuint OfNativeNumbers(nuint a, nuint b) => (a / b) + (a % b);

    public static double OfFloatingPointNumbers(double a, double b) => a / b;

    public static int OfHalves(ulong a) => (int)(a >> 32) / (int)a;

    public static uint OfAFieldOfAnotherGenericType(Pair<uint> a) => a.First / 3;

    public static int BetweenPointers(int* a, int* b) => (int)(a - b);

    public static ulong ByShifting(ulong a) => (a >> 3) & 7;

    public struct Pair<T>
    {
        public T First;

        public static T Same(T value) => value;

        public static TOther Same<TOther>(TOther value) => value;

        public T Second() => First;
    }
}

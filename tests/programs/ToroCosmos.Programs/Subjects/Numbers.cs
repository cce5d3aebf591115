using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace ToroCosmos.Programs.Subjects;

internal static class Numbers
{
    public static ProgramGroup All { get; } = new(nameof(Numbers))
    {
        IntegerDivision, DivisionByZero, MinimumByMinusOne, CheckedOverflow, UncheckedWrap, Shifts, Conversions, SaturatingConversions, BitTricks,
        Rotations, MathFunctions, Trigonometry, Exponentials, Rounding, RemainderSigns, FusedMultiply, IeeeSpecials, FloatComparisons, BitConversions,
        NextAfter, LongDivision, UnsignedDivision, WideMultiply, Int128s, UInt128s, DecimalArithmetic, DecimalRounding, DecimalOverflow, GenericMath,
        NativeIntegers, GreatestCommonDivisor, Primes, ComplexNumbers, Clamping, Primitives,
    };

    private static string IntegerDivision() => Answer.Of(7 / 2, -7 / 2, -7 % 3, 7 % -3, Math.DivRem(17, 5), int.MaxValue / -1);

    private static string DivisionByZero()
    {
        int zero = int.Parse("0");
        return Answer.Of(Fails(() => 1 / zero), Fails(() => 1L % zero), Fails(() => 1m / zero), 1.0 / zero, -1.0 / zero, 0.0 / zero);
    }

    private static string MinimumByMinusOne()
    {
        int minusOne = int.Parse("-1");
        return Answer.Of(Fails(() => int.MinValue / minusOne), Fails(() => long.MinValue / minusOne), Fails(() => Math.Abs(int.MinValue)));
    }

    private static string CheckedOverflow()
    {
        int big = int.MaxValue;
        long wide = 1L << 40;
        double huge = 1e20;
        return Answer.Of(
            Fails(() => checked(big + 1)), Fails(() => checked((int)wide)), Fails(() => checked((byte)-big)), Fails(() => checked((long)huge)), Fails(() => checked(big * big)), Fails(() => checked((uint)-big)));
    }

    private static string UncheckedWrap()
    {
        int big = int.MaxValue;
        return unchecked(Answer.Of(big + 1, (byte)300, (sbyte)200, (short)70000, (uint)-1L, -int.MinValue, big * big));
    }

    private static string Shifts()
    {
        int n = -16, by = 33;
        return Answer.Of(n >> 2, n >>> 28, 1 << by, 1L << 40, (byte)0xF0 >> 4, uint.MaxValue << 31, ~5, 6 ^ 3, 6 & 3, 6 | 1);
    }

    private static string Conversions() => Answer.Of(
        (int)3.99, (int)-3.99, (char)65, (int)'z', (float)1e10, (double)float.MaxValue, (long)1e15, (decimal)1.1, (int)1.9m, Convert.ToInt32(2.5), Convert.ToInt32(3.5), Convert.ToByte("17"));

    private static string SaturatingConversions()
    {
        double big = 1e20, nan = double.NaN, less = -1.5, more = 300.0;
        return Answer.Of((int)big, (long)-big, (uint)less, (ulong)big, (int)nan, (byte)more, int.CreateSaturating(1L << 50), byte.CreateTruncating(300));
    }

    private static string BitTricks() => Answer.Of(
        BitOperations.PopCount(0xFFu), BitOperations.LeadingZeroCount(1u), BitOperations.TrailingZeroCount(8L), BitOperations.Log2(1000u), BitOperations.IsPow2(64), BitOperations.RoundUpToPowerOf2(33u),
        BitOperations.PopCount(ulong.MaxValue), BitOperations.LeadingZeroCount(0ul), BitOperations.TrailingZeroCount(0));

    private static string Rotations() => Answer.Of(BitOperations.RotateLeft(0x80000001u, 1), BitOperations.RotateRight(1ul, 1), int.RotateLeft(-2, 3), BitOperations.Crc32C(0, 0x12345678u));

    private static string MathFunctions() => Answer.Of(
        Math.Sqrt(2), Math.Cbrt(27).ToString("F12"), Math.Pow(2, 0.5), Math.Abs(-1.5), Math.Ceiling(-1.2), Math.Floor(-1.2), Math.Truncate(-1.7), Math.Sign(-3), Math.Max(double.NaN, 1), double.Hypot(3, 4));

    private static string Trigonometry() => Answer.Of(
        Math.Sin(1).ToString("F12"), Math.Cos(1e6).ToString("F10"), Math.Tan(0.5).ToString("F12"), Math.Atan2(-1, -1).ToString("F12"), Math.Asin(2), Math.SinCos(Math.PI / 6).Sin.ToString("F12"), Math.Sinh(1).ToString("F12"));

    private static string Exponentials() => Answer.Of(
        Math.Exp(1).ToString("F12"), Math.Log(10).ToString("F12"), Math.Log10(1000), Math.Log2(8), Math.Log(8, 2).ToString("F10"), Math.Log(-1), Math.Pow(0, 0), Math.Pow(-8, 1.0 / 3), Math.ILogB(1000), Math.ScaleB(1.5, 10));

    private static string Rounding() => Answer.Of(
        Math.Round(2.5), Math.Round(3.5), Math.Round(-2.5, MidpointRounding.AwayFromZero), Math.Round(2.345, 2), Math.Round(1.55, 1, MidpointRounding.ToZero), Math.Round(2.1, MidpointRounding.ToPositiveInfinity), MathF.Round(0.5f));

    private static string RemainderSigns() => Answer.Of(-7.5 % 2, 7.5 % -2, Math.IEEERemainder(7.5, 2), 5 % double.PositiveInfinity, double.IsNaN(1 % 0.0), -7m % 3);

    private static string FusedMultiply() => Answer.Of(Math.FusedMultiplyAdd(2, 3, 4), Math.FusedMultiplyAdd(1 + Math.Pow(2, -30), 1 - Math.Pow(2, -30), -1), MathF.FusedMultiplyAdd(1.5f, 2f, 1f));

    private static string IeeeSpecials()
    {
        double nan = double.NaN, same = nan, zero = 0.0;
        return Answer.Of(nan == same, nan.Equals(nan), nan < 1, nan.CompareTo(1), 0.0 == -0.0, 1 / -zero, double.IsNegative(-zero), double.IsSubnormal(1e-310), Math.Min(-zero, zero));
    }

    private static string FloatComparisons() => Answer.Of(0.1 + 0.2 == 0.3, 0.1f + 0.2f == 0.3f, 0.1m + 0.2m == 0.3m, Math.BitIncrement(1.0) > 1.0, 1e16 + 1 == 1e16);

    private static string BitConversions() => Answer.Of(
        BitConverter.DoubleToInt64Bits(1.5), BitConverter.Int32BitsToSingle(0x40490FDB), BitConverter.GetBytes(0x01020304), BitConverter.ToString([0xDE, 0xAD]), BitConverter.ToInt32([1, 0, 0, 0]), BitConverter.IsLittleEndian, BitConverter.HalfToInt16Bits((Half)1));

    private static string NextAfter() => Answer.Of(Math.BitIncrement(1.0), Math.BitDecrement(0.0), double.BitIncrement(double.MaxValue), MathF.BitIncrement(1f));

    private static string LongDivision()
    {
        long n = 9_000_000_000_000_000_001, d = 1_000_003;
        return Answer.Of(n / d, n % d, -n / d, long.MaxValue / 3, Math.DivRem(n, 7L).Remainder);
    }

    private static string UnsignedDivision()
    {
        ulong n = ulong.MaxValue, d = 10;
        return Answer.Of(n / d, n % d, uint.MaxValue / 7u, (double)n, (ulong)1.8e19);
    }

    private static string WideMultiply()
    {
        ulong high = Math.BigMul(ulong.MaxValue, 3ul, out ulong low);
        return Answer.Of(high, low, Math.BigMul(int.MaxValue, int.MaxValue), Math.BigMul(long.MinValue, 2L));
    }

    private static string Int128s()
    {
        Int128 n = Int128.MaxValue;
        return Answer.Of(n, n / 1_000_000_007, -n % 97, Int128.Parse("-170141183460469231731687303715884105728") == Int128.MinValue, (Int128)1 << 100, Int128.PopCount(n));
    }

    private static string UInt128s() => Answer.Of(UInt128.MaxValue, UInt128.MaxValue / 3, (UInt128)ulong.MaxValue * ulong.MaxValue, (double)UInt128.MaxValue, UInt128.MaxValue.ToString("X"));

    private static string DecimalArithmetic() => Answer.Of(0.1m + 0.2m, 1.10m * 2, 10m / 4, 7.5m % 2, decimal.Negate(3), -1.5m + 1, 79228162514264337593543950335m - 1, 1m / 7, decimal.GetBits(1.5m));

    private static string DecimalRounding() => Answer.Of(decimal.Round(2.345m, 2), decimal.Floor(-1.5m), decimal.Truncate(9.99m), Math.Round(2.5m, MidpointRounding.AwayFromZero), decimal.ToInt32(42.9m), decimal.Remainder(10, 3));

    private static string DecimalOverflow()
    {
        decimal largest = decimal.MaxValue;
        double huge = 1e30;
        return Answer.Of(Fails(() => largest + 1), Fails(() => (decimal)huge), Fails(() => largest * 2), (double)decimal.MaxValue);
    }

    private static string GenericMath() => Answer.Of(SumOf([1, 2, 3]), SumOf([0.5, 0.25]), SumOf([1.5m, 2m]), SumOf<BigInteger>([1, BigInteger.Pow(2, 70)]), Middle(1, 2), Middle(1.0, 2.0));

    private static string NativeIntegers()
    {
        nint n = 5;
        nuint u = nuint.MaxValue;
        return Answer.Of(n * 3, u, nint.Size, nint.MinValue, unchecked((nint)u));
    }

    private static string GreatestCommonDivisor() => Answer.Of(Gcd(1071, 462), Gcd(17, 5), BigInteger.GreatestCommonDivisor(1 << 20, 3 << 10));

    private static string Primes()
    {
        bool[] composite = new bool[10_000];
        List<int> primes = [];
        for (int n = 2; n < composite.Length; n++)
        {
            if (composite[n])
            {
                continue;
            }

            primes.Add(n);
            for (int multiple = n * n; multiple < composite.Length; multiple += n)
            {
                composite[multiple] = true;
            }
        }

        return Answer.Of(primes.Count, primes[^1], primes.Sum());
    }

    private static string ComplexNumbers()
    {
        var z = new Complex(3, 4);
        return Answer.Of(z.Magnitude, (z * Complex.ImaginaryOne).ToString(), Complex.Conjugate(z).Imaginary, Complex.Sqrt(new Complex(-4, 0)).ToString(), (z / z).Real);
    }

    private static string Clamping() => Answer.Of(Math.Clamp(15, 0, 10), double.Clamp(-1, 0, 1), int.Max(3, 9), int.CopySign(5, -1), int.IsEvenInteger(4), Fails(() => Math.Clamp(1, 5, 0)));

    private static string Primitives() => Answer.Of(sizeof(long), sizeof(decimal), byte.MaxValue, sbyte.MinValue, ushort.MaxValue, ulong.MaxValue, char.MaxValue == 0xFFFF, 1_000_000, 0b1010, 0xFFul);

    private static T SumOf<T>(IEnumerable<T> items)
        where T : INumber<T> => items.Aggregate(T.Zero, (sum, item) => sum + item);

    private static T Middle<T>(T a, T b)
        where T : INumberBase<T> => (a + b) / T.CreateChecked(2);

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);

    private static string Fails<T>(Func<T> action)
    {
        try
        {
            return $"{action()}";
        }
        catch (Exception exception)
        {
            return exception.GetType().Name;
        }
    }
}

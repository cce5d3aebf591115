using System;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace ToroCosmos.Programs.Subjects;

internal static class BigNumbers
{
    public static ProgramGroup All { get; } = new(nameof(BigNumbers))
    {
        Factorial, Fibonacci, Division, ModularPower, BitOperationsOfBig, ParseAndFormat, Bytes, PiDigits, Conversions,
    };

    private static string Factorial() => Enumerable.Range(1, 60).Aggregate(BigInteger.One, (product, n) => product * n).ToString();

    private static string Fibonacci()
    {
        (BigInteger a, BigInteger b) = (0, 1);
        for (int i = 0; i < 400; i++)
        {
            (a, b) = (b, a + b);
        }

        return a.ToString();
    }

    private static string Division()
    {
        BigInteger n = BigInteger.Pow(10, 50) + 7, d = BigInteger.Pow(3, 40);
        BigInteger quotient = BigInteger.DivRem(n, d, out BigInteger remainder);
        return Answer.Of(quotient, remainder, (quotient * d) + remainder == n, -n / d, -n % d);
    }

    private static string ModularPower() => Answer.Of(BigInteger.ModPow(3, BigInteger.Pow(2, 100), 1_000_000_007), BigInteger.ModPow(2, 127, BigInteger.Pow(10, 30)));

    private static string BitOperationsOfBig()
    {
        BigInteger n = (BigInteger.One << 90) - 1;
        return Answer.Of(n.GetBitLength(), n & 0xFFFF, n ^ (n >> 1), -n >> 3, BigInteger.PopCount(n), BigInteger.Log2(n + 1), BigInteger.TrailingZeroCount(n + 1));
    }

    private static string ParseAndFormat() => Answer.Of(
        BigInteger.Parse("-123456789012345678901234567890"), BigInteger.Parse("0ff", NumberStyles.HexNumber), (BigInteger.One << 70).ToString("X"), BigInteger.Pow(10, 20).ToString("N0", CultureInfo.InvariantCulture), BigInteger.TryParse("1x", out _));

    private static string Bytes()
    {
        BigInteger n = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 0x80]);
        return Answer.Of(n, n.ToByteArray(), new BigInteger([0xFF, 0], isUnsigned: true, isBigEndian: true), n.Sign);
    }

    /// <summary>Machin's formula.</summary>
    private static string PiDigits()
    {
        BigInteger unit = BigInteger.Pow(10, 110);
        BigInteger pi = 4 * ((4 * ArcCotangent(5, unit)) - ArcCotangent(239, unit));
        return (pi / BigInteger.Pow(10, 10)).ToString();
    }

    private static string Conversions() => Answer.Of(
        (double)BigInteger.Pow(2, 100), (BigInteger)1e20, (long)BigInteger.Pow(2, 62), BigInteger.Compare(5, ulong.MaxValue), new BigInteger(12345.678m), (decimal)BigInteger.Pow(10, 28), BigInteger.Log(BigInteger.Pow(10, 100)).ToString("F8"));

    private static BigInteger ArcCotangent(int x, BigInteger unit)
    {
        BigInteger sum = 0, power = unit / x;
        for (int n = 1, sign = 1; power != 0; n += 2, sign = -sign)
        {
            sum += sign * power / n;
            power /= x * x;
        }

        return sum;
    }
}

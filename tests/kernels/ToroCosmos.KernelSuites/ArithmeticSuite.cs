using ToroCosmos.KernelTesting;
using ToroCosmos.Smp;

namespace ToroCosmos.KernelSuites;

/// <summary>That every core computes as the one that booted.</summary>
internal static unsafe class ArithmeticSuite
{
    private const int Steps = 2000;

    private static double s_double;
    private static ulong s_unsigned;
    private static long s_signed;

    [KernelTest]
    internal static void Every_core_computes_doubles_and_64_bit_numbers_as_the_boot_core()
    {
        s_double = Doubles();
        s_unsigned = Unsigned();
        s_signed = Signed();
        Check.That(s_double is > 1.6448 and < 1.6449, "the sum of 1/n^2 tends to pi^2/6");
        Check.Equal(0x7BD87F4C6D32BF0F, s_unsigned);
        Check.Equal(-33_358_335_499_000, s_signed);
        Cores.RunOnAll(&Compare);
    }

    private static void Compare(int core)
    {
        for (int i = 0; i < 20; i++)
        {
            Check.That(Doubles() == s_double);
            Check.Equal(s_unsigned, Unsigned());
            Check.Equal(s_signed, Signed());
        }
    }

    private static double Doubles()
    {
        double sum = 0;
        for (int i = 1; i <= 20_000; i++)
        {
            sum += 1.0 / ((double)i * i);
        }

        return sum;
    }

    /// <summary>A walk of xorshift64* (Vigna 2016).</summary>
    private static ulong Unsigned()
    {
        ulong x = 0x9E3779B97F4A7C15;
        for (int i = 0; i < Steps; i++)
        {
            x ^= x >> 12;
            x ^= x << 25;
            x ^= x >> 27;
        }

        return x * 0x2545F4914F6CDD1D;
    }

    private static long Signed()
    {
        long sum = 0;
        for (int i = 1; i <= Steps; i++)
        {
            sum -= (long)i * i * 12_500;
            sum += i;
        }

        return sum;
    }
}

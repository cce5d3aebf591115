namespace ToroCosmos.Samples;

/// <summary>NPB's random numbers: x becomes a x modulo 2^46, exactly (RNR-94-007, 2.3).</summary>
internal struct NpbRandom
{
    private const ulong Mask = (1UL << 46) - 1;
    private const double Scale = 1.0 / (1L << 46);

    private readonly ulong _factor;
    private ulong _value;

    public NpbRandom(double seed, double factor)
    {
        _value = (ulong)seed;
        _factor = (ulong)factor;
    }

    /// <summary>The numbers from one on that is so many further.</summary>
    public static NpbRandom At(double seed, double factor, long steps)
    {
        NpbRandom random = new(seed, factor);
        for (ulong power = random._factor; steps > 0; steps >>= 1)
        {
            random._value = (steps & 1) != 0 ? Product(random._value, power) : random._value;
            power = Product(power, power);
        }

        return random;
    }

    /// <summary>The next one, between 0 and 1.</summary>
    public double Next()
    {
        _value = Product(_value, _factor);
        return _value * Scale;
    }

    // 2^46 divides 2^64: what is lost above does not matter.
    private static ulong Product(ulong a, ulong b) => (a * b) & Mask;
}

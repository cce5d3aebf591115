namespace ToroCosmos.SoakKernel;

/// <summary>Random numbers that a seed decides: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).</summary>
internal struct SoakRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A number from 0, below a limit that is small against 2³².</summary>
    public uint Below(uint limit) => (uint)(((Next() >> 32) * limit) >> 32);

    /// <summary>Changes every bit of the result, about half the time, when a bit of the number changes.</summary>
    public static ulong Mix(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}

using System.Runtime;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.SystemAbi;

/// <summary>
/// Random bytes, which the class library needs for hash seeds: from RDRAND where the processor has it, else mixed from
/// the time-stamp counter, which is no secret. Nothing of cryptographic strength is promised.
/// </summary>
internal static unsafe class RandomNumbers
{
    private const uint FeatureRdrand = 1 << 30;

    [RuntimeExport("BCryptGenRandom")]
    private static int Generate(nint algorithm, byte* buffer, int length, int flags)
    {
        bool hardware = (Cpu.CpuId(1).Ecx & FeatureRdrand) != 0;
        ulong word = 0;
        for (int i = 0; i < length; i++)
        {
            if ((i & 7) == 0 && (!hardware || NativeCpu.Random(&word) == 0))
            {
                word = Mix(word + Cpu.ReadTimestamp());
            }

            buffer[i] = (byte)(word >> ((i & 7) * 8));
        }

        return 0;
    }

    /// <summary>A random identifier (RFC 9562, UUID Version 4).</summary>
    [RuntimeExport("CoCreateGuid")]
    private static int CreateGuid(byte* guid)
    {
        Generate(0, guid, 16, 0);
        guid[7] = (byte)((guid[7] & 0x0F) | 0x40);
        guid[8] = (byte)((guid[8] & 0x3F) | 0x80);
        return 0;
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

using System.Runtime;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.SystemNative;

/// <summary>
/// Random bytes, which the class library needs for hash seeds: from RDRAND where the processor has it, else mixed from
/// the time-stamp counter, which is no secret. Nothing of cryptographic strength is promised.
/// </summary>
internal static unsafe class RandomNumbers
{
    private const uint FeatureRdrand = 1 << 30;

    [RuntimeExport("SystemNative_GetNonCryptographicallySecureRandomBytes")]
    private static void Generate(byte* buffer, int length)
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
    }

    // Of random identifiers, not of keys: those come from the room of cryptography.
    [RuntimeExport("SystemNative_GetCryptographicallySecureRandomBytes")]
    private static int GenerateSecure(byte* buffer, int length)
    {
        Generate(buffer, length);
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

using System;
using System.Runtime;
using ToroCosmos.NativeAot.Processor;
using ToroCosmos.Seam;

namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>Random numbers for keys: the processor's (Intel SDM 1, RDRAND), or none.</summary>
internal static unsafe class RandomBytes
{
    private const uint FeatureRdrand = 1 << 30;

    /// <summary>The generator may be out of numbers for a moment; it is not for so many times in a row.</summary>
    private const int Attempts = 10;

    [RuntimeExport("CryptoNative_GetRandomBytes")]
    private static int Generate(byte* buffer, int count)
    {
        if ((Cpu.CpuId(1).Ecx & FeatureRdrand) == 0)
        {
            throw new PlatformNotSupportedException("A kernel has no RandomNumberGenerator on a processor without RDRAND.");
        }

        ulong word = 0;
        for (int i = 0; i < count; i++)
        {
            if ((i & 7) == 0 && !TryTake(&word))
            {
                return 0;
            }

            buffer[i] = (byte)(word >> ((i & 7) * 8));
        }

        return 1;
    }

    private static bool TryTake(ulong* word)
    {
        for (int i = 0; i < Attempts; i++)
        {
            if (NativeCpu.Random(word) != 0)
            {
                return true;
            }
        }

        return false;
    }
}

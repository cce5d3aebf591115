using System.Buffers.Binary;
using System.Numerics;

namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>SHA-1 (FIPS 180-4, 6.1).</summary>
internal static unsafe class Sha1
{
    private const int Rounds = 80;

    public static void Begin(uint* state)
    {
        state[0] = 0x67452301;
        state[1] = 0xEFCDAB89;
        state[2] = 0x98BADCFE;
        state[3] = 0x10325476;
        state[4] = 0xC3D2E1F0;
    }

    /// <summary>Adds a block of 64 bytes.</summary>
    public static void Add(uint* state, byte* block)
    {
        uint* words = stackalloc uint[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            words[i] = i < 16
                ? BinaryPrimitives.ReverseEndianness(((uint*)block)[i])
                : BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        }

        uint a = state[0];
        uint b = state[1];
        uint c = state[2];
        uint d = state[3];
        uint e = state[4];
        for (int i = 0; i < Rounds; i++)
        {
            (uint mixed, uint constant) = (i / 20) switch
            {
                0 => ((b & c) ^ (~b & d), 0x5A827999U),
                1 => (b ^ c ^ d, 0x6ED9EBA1U),
                2 => ((b & c) ^ (b & d) ^ (c & d), 0x8F1BBCDCU),
                _ => (b ^ c ^ d, 0xCA62C1D6U),
            };
            uint next = BitOperations.RotateLeft(a, 5) + mixed + e + constant + words[i];
            e = d;
            d = c;
            c = BitOperations.RotateLeft(b, 30);
            b = a;
            a = next;
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}

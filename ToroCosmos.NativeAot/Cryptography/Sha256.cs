using System;
using System.Buffers.Binary;
using System.Numerics;

namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>SHA-256 (FIPS 180-4, 6.2).</summary>
internal static unsafe class Sha256
{
    private const int Rounds = 64;
    private const int StateWords = 8;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
        0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
        0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
        0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
        0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
        0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
    ];

    private static ReadOnlySpan<uint> Initial =>
    [
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    ];

    public static void Begin(uint* state) => Initial.CopyTo(new Span<uint>(state, StateWords));

    /// <summary>Adds a block of 64 bytes.</summary>
    public static void Add(uint* state, byte* block)
    {
        uint* words = stackalloc uint[Rounds];
        for (int i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReverseEndianness(((uint*)block)[i]);
        }

        for (int i = 16; i < Rounds; i++)
        {
            uint x = words[i - 15];
            uint y = words[i - 2];
            x = BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3);
            y = BitOperations.RotateRight(y, 17) ^ BitOperations.RotateRight(y, 19) ^ (y >> 10);
            words[i] = words[i - 16] + x + words[i - 7] + y;
        }

        // From a, the first, to h.
        uint* s = stackalloc uint[StateWords];
        for (int i = 0; i < StateWords; i++)
        {
            s[i] = state[i];
        }

        for (int i = 0; i < Rounds; i++)
        {
            uint e = s[4];
            uint first = s[7] + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
                + ((e & s[5]) ^ (~e & s[6])) + Constants[i] + words[i];
            uint a = s[0];
            uint second = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
                + ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
            for (int j = StateWords - 1; j > 0; j--)
            {
                s[j] = s[j - 1];
            }

            s[4] += first;
            s[0] = first + second;
        }

        for (int i = 0; i < StateWords; i++)
        {
            state[i] += s[i];
        }
    }
}

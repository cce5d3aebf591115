using System;

namespace ToroCosmos.NativeAot.Cryptography;

/// <summary>Keys made of passwords: PBKDF2 (RFC 8018, 5.2).</summary>
internal static unsafe class KeyDerivation
{
    /// <summary>Fills a key.</summary>
    public static void FromPassword(HashKind kind, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations, Span<byte> key)
    {
        HmacContext hmac = default;
        fixed (byte* p = password)
        {
            hmac.Begin(kind, p, password.Length);
        }

        int size = HashContext.SizeOf(kind);
        byte* last = stackalloc byte[HashContext.LargestHash];
        byte* sum = stackalloc byte[HashContext.LargestHash];
        for (uint block = 1; !key.IsEmpty; block++)
        {
            AddFirst(ref hmac, salt, block);
            hmac.End(last);
            new ReadOnlySpan<byte>(last, size).CopyTo(new Span<byte>(sum, size));
            for (int i = 1; i < iterations; i++)
            {
                hmac.Restart();
                hmac.Add(last, size);
                hmac.End(last);
                for (int j = 0; j < size; j++)
                {
                    sum[j] ^= last[j];
                }
            }

            int count = Math.Min(size, key.Length);
            new ReadOnlySpan<byte>(sum, count).CopyTo(key);
            key = key[count..];
        }
    }

    /// <summary>The salt, and the number of the block with its highest byte first.</summary>
    private static void AddFirst(ref HmacContext hmac, ReadOnlySpan<byte> salt, uint block)
    {
        hmac.Restart();
        fixed (byte* s = salt)
        {
            hmac.Add(s, salt.Length);
        }

        byte* number = stackalloc byte[sizeof(uint)];
        for (int i = 0; i < sizeof(uint); i++)
        {
            number[i] = (byte)(block >> (24 - (8 * i)));
        }

        hmac.Add(number, sizeof(uint));
    }
}

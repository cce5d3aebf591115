using System;
using System.Linq;
using System.Security.Cryptography;
using ToroCosmos.NativeAot.Cryptography;
using Xunit;

namespace ToroCosmos.NativeAot.Tests;

/// <summary>The hashes, beside those of the host.</summary>
public unsafe class HashTests
{
    private const int LongestMessage = 300;

    public static TheoryData<string> Names => ["MD5", "SHA1", "SHA256", "SHA384", "SHA512"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_any_length_has_the_hash_that_it_has_elsewhere(string name)
    {
        for (int length = 0; length <= LongestMessage; length++)
        {
            byte[] message = Message(length);
            Assert.Equal(Host(name, message), Hash(Kind(name), message, length + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_may_come_in_pieces_of_any_length(string name)
    {
        byte[] message = Message(LongestMessage);
        byte[] expected = Host(name, message);
        for (int piece = 1; piece <= LongestMessage; piece++)
        {
            Assert.Equal(expected, Hash(Kind(name), message, piece));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_key_of_any_length_gives_the_hash_that_it_gives_elsewhere(string name)
    {
        byte[] message = Message(77);
        for (int length = 0; length <= LongestMessage; length++)
        {
            byte[] key = Message(length);
            HmacContext context = default;
            byte[] twice = new byte[HashContext.LargestHash];
            byte[] hash = new byte[HashContext.LargestHash];
            fixed (byte* k = key)
            fixed (byte* m = message)
            fixed (byte* h = hash)
            fixed (byte* t = twice)
            {
                context.Begin(Kind(name), k, length);
                context.Add(m, message.Length);
                context.End(h);
                context.Restart();
                context.Add(m, message.Length);
                context.End(t);
            }

            Assert.Equal(HostHmac(name, key, message), hash[..HashContext.SizeOf(Kind(name))]);
            Assert.Equal(hash, twice);
        }
    }

    [Theory]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void A_password_gives_the_key_that_it_gives_elsewhere(string name)
    {
        foreach ((int password, int salt, int iterations, int length) in new[] { (0, 0, 1, 1), (8, 8, 2, 64), (100, 20, 17, 200), (200, 64, 3, 33) })
        {
            byte[] key = new byte[length];
            KeyDerivation.FromPassword(Kind(name), Message(password), Message(salt), iterations, key);

            Assert.Equal(Rfc2898DeriveBytes.Pbkdf2(Message(password), Message(salt), iterations, new HashAlgorithmName(name), length), key);
        }
    }

    private static byte[] Message(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 7) + (i >> 8)))];

    private static HashKind Kind(string name) => Enum.Parse<HashKind>(name, ignoreCase: true);

    private static byte[] Host(string name, byte[] message)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(new HashAlgorithmName(name));
        hash.AppendData(message);
        return hash.GetHashAndReset();
    }

    private static byte[] HostHmac(string name, byte[] key, byte[] message)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(new HashAlgorithmName(name), key);
        hash.AppendData(message);
        return hash.GetHashAndReset();
    }

    private static byte[] Hash(HashKind kind, byte[] message, int piece)
    {
        HashContext context = default;
        context.Begin(kind);
        byte[] hash = new byte[HashContext.LargestHash];
        fixed (byte* h = hash)
        {
            foreach (byte[] part in message.Chunk(piece))
            {
                fixed (byte* p = part)
                {
                    context.Add(p, part.Length);
                }
            }

            context.End(h);
        }

        return hash[..HashContext.SizeOf(kind)];
    }
}

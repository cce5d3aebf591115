using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

internal static class Hashing
{
    private static readonly byte[] s_text = "The quick brown fox jumps over the lazy dog"u8.ToArray();
    private static readonly byte[] s_long = [.. Enumerable.Range(0, 10_000).Select(n => (byte)(n * 7))];

    public static ProgramGroup All { get; } = new(nameof(Hashing))
    {
        Md5, Sha1, Sha256, Sha384, Sha512, HmacSha256, HmacSha1, Incremental, OfStream, KeyDerivation, Hkdf, FixedTimeComparison, RandomBytes, HashAlgorithmNames, HashCodes, StableHashing,
    };

    private static string Md5() => Answer.Of(Hex(MD5.HashData(s_text)), Hex(MD5.HashData([])), Hex(MD5.HashData(s_long)));

    private static string Sha1() => Answer.Of(Hex(SHA1.HashData(s_text)), Hex(SHA1.HashData(s_long)));

    private static string Sha256() => Answer.Of(Hex(SHA256.HashData(s_text)), Hex(SHA256.HashData([])), Hex(SHA256.HashData(s_long)));

    private static string Sha384() => Answer.Of(Hex(SHA384.HashData(s_text)), Hex(SHA384.HashData(s_long)));

    private static string Sha512() => Answer.Of(Hex(SHA512.HashData(s_text)), Hex(SHA512.HashData(s_long)));

    private static string HmacSha256() => Answer.Of(Hex(HMACSHA256.HashData("key"u8, s_text)), Hex(HMACSHA256.HashData(s_long, s_text)));

    private static string HmacSha1() => Answer.Of(Hex(HMACSHA1.HashData("key"u8, s_text)), Hex(HMACSHA512.HashData("key"u8, s_text))[..16], Hex(HMACMD5.HashData("key"u8, s_text)));

    private static string Incremental()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(s_text.AsSpan(0, 10));
        hash.AppendData(s_text.AsSpan(10));
        string current = Hex(hash.GetCurrentHash());
        using var sha = SHA256.Create();
        sha.TransformBlock(s_text, 0, 5, null, 0);
        sha.TransformFinalBlock(s_text, 5, s_text.Length - 5);
        return Answer.Of(current, current == Hex(sha.Hash!), hash.GetHashAndReset().Length, Hex(hash.GetHashAndReset())[..8]);
    }

    private static async Task<string> OfStream() => Answer.Of(Hex(SHA256.HashData(new MemoryStream(s_long))), Hex(await SHA256.HashDataAsync(new MemoryStream(s_text))));

    private static string KeyDerivation() => Hex(Rfc2898DeriveBytes.Pbkdf2("password", "salt"u8, 1000, HashAlgorithmName.SHA256, 32));

    private static string Hkdf() => Hex(HKDF.DeriveKey(HashAlgorithmName.SHA256, [1, 2, 3], 24, [4, 5], [6]));

    private static string FixedTimeComparison() => Answer.Of(CryptographicOperations.FixedTimeEquals([1, 2], [1, 2]), CryptographicOperations.FixedTimeEquals([1, 2], [1, 3]));

    private static string RandomBytes()
    {
        byte[] first = RandomNumberGenerator.GetBytes(32), second = RandomNumberGenerator.GetBytes(32);
        int number = RandomNumberGenerator.GetInt32(5, 10);
        return Answer.Of(first.SequenceEqual(second), first.Distinct().Count() > 8, number is >= 5 and < 10, RandomNumberGenerator.GetHexString(12).Length);
    }

    private static string HashAlgorithmNames() => Answer.Of(HashAlgorithmName.SHA256.Name, SHA256.HashSizeInBytes, Hex(CryptographicOperations.HashData(HashAlgorithmName.SHA1, s_text)));

    private static string HashCodes() => Answer.Of(HashCode.Combine(1, "a") == HashCode.Combine(1, "a"), 5.GetHashCode(), true.GetHashCode(), 'a'.GetHashCode(), (-1L).GetHashCode(), 1.5.GetHashCode(), Guid.Empty.GetHashCode());

    private static string StableHashing()
    {
        uint hash = 2166136261;
        foreach (byte b in s_text)
        {
            hash = unchecked((hash ^ b) * 16777619);
        }

        return Answer.Of(hash.ToString("x8"));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}

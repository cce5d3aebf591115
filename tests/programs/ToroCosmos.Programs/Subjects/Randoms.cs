using System;
using System.Linq;

namespace ToroCosmos.Programs.Subjects;

internal static class Randoms
{
    public static ProgramGroup All { get; } = new(nameof(Randoms)) { Seeded, SeededDoubles, SeededBytes, SharedRange, ShuffleAndItems, GuidsParsed, GuidsMade, GuidsSorted, GuidBytes };

    private static string Seeded()
    {
        var random = new Random(42);
        return Answer.Of(random.Next(), random.Next(100), random.Next(-5, 5), random.NextInt64(), random.NextSingle());
    }

    private static string SeededDoubles() => Answer.Of(new Random(7).NextDouble(), new Random(int.MinValue).Next(), new Random(0).NextInt64(1L << 40));

    private static string SeededBytes()
    {
        byte[] bytes = new byte[12];
        new Random(3).NextBytes(bytes);
        return Answer.Of(bytes);
    }

    private static string SharedRange()
    {
        int[] dice = [.. Enumerable.Range(0, 1000).Select(_ => Random.Shared.Next(1, 7))];
        return Answer.Of(dice.Min(), dice.Max(), dice.Distinct().Count(), new Random().NextDouble() is >= 0 and < 1);
    }

    private static string ShuffleAndItems()
    {
        var random = new Random(11);
        int[] numbers = [.. Enumerable.Range(0, 10)];
        random.Shuffle(numbers);
        return Answer.Of(numbers, random.GetItems("abc".ToCharArray(), 8), random.GetHexString(6, lowercase: true));
    }

    private static string GuidsParsed()
    {
        var guid = Guid.Parse("{0123456789abcdef0123456789ABCDEF}".Replace("{", "").Replace("}", ""));
        return Answer.Of(guid, guid.ToString("N"), guid.ToString("B"), guid.ToString("X"), Guid.TryParse("12345", out _), Guid.ParseExact("(01234567-89ab-cdef-0123-456789abcdef)", "P") == guid);
    }

    private static string GuidsMade()
    {
        Guid a = Guid.NewGuid(), b = Guid.NewGuid(), c = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
        return Answer.Of(a == b, a.Version, (int)(a.Variant & 0xC), c.Version, c.ToString()[..13]);
    }

    private static string GuidsSorted()
    {
        Guid low = new(1, 0, 0, new byte[8]), high = new(-1, 0, 0, new byte[8]);
        return Answer.Of(low.CompareTo(high), low < high, Guid.AllBitsSet, Guid.Empty.Equals(default));
    }

    private static string GuidBytes()
    {
        Guid guid = new("00112233-4455-6677-8899-aabbccddeeff");
        return Answer.Of(guid.ToByteArray(), guid.ToByteArray(bigEndian: true)[0], new Guid(guid.ToByteArray()) == guid, guid.GetHashCode());
    }
}

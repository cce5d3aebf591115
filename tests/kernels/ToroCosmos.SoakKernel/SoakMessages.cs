using System;

namespace ToroCosmos.SoakKernel;

/// <summary>
/// The messages of one link. Seed and number decide length and content: a header, and random bytes after it. A message that
/// is shorter than the header is the beginning of one.
/// </summary>
internal readonly unsafe struct SoakMessages
{
    /// <summary>The longest message that is copied; longer ones are lent.</summary>
    public const int MaximumCopiedBytes = 256;

    /// <summary>The longest message.</summary>
    public const int MaximumBytes = 4096;

    // One message in so many is lent.
    private const uint LentInterval = 64;

    private readonly ulong _linkSeed;

    public SoakMessages(uint seed, int sender, int receiver)
    {
        _linkSeed = SoakRandom.Mix(((ulong)seed << 32) + ((ulong)(uint)sender << 16) + (uint)receiver);
    }

    /// <summary>The length of a message: 0 to <see cref="MaximumBytes"/>.</summary>
    public int Length(uint number)
    {
        ulong key = Key(number);
        bool isLent = (key >> 32) % LentInterval == 0;
        return (int)((uint)key % (uint)((isLent ? MaximumBytes : MaximumCopiedBytes) + 1));
    }

    /// <summary>Writes a message.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="message">Where to: <see cref="MaximumBytes"/>.</param>
    /// <returns>Its length.</returns>
    public int Write(uint number, byte* message)
    {
        int length = Length(number);
        var random = new SoakRandom(Key(number));
        for (int i = SoakHeader.Bytes; i < length; i += sizeof(ulong))
        {
            *(ulong*)(message + i) = random.Next();
        }

        var header = (SoakHeader*)message;
        header->Number = number;
        header->Length = (uint)length;
        header->Checksum = Checksum(*header, message);
        return length;
    }

    /// <summary>Whether a message that is no shorter than a header is whole, by what it says of itself.</summary>
    public bool IsWhole(byte* message, int length)
    {
        var header = (SoakHeader*)message;
        return header->Length == length && header->Checksum == Checksum(*header, message);
    }

    /// <summary>Whether a message is the one of that number.</summary>
    public bool IsSame(byte* message, int length, uint number)
    {
        byte* expected = stackalloc byte[MaximumBytes];
        return length == Write(number, expected)
            && new ReadOnlySpan<byte>(message, length).SequenceEqual(new ReadOnlySpan<byte>(expected, length));
    }

    private ulong Key(uint number) => SoakRandom.Mix(_linkSeed + number);

    private ulong Checksum(SoakHeader header, byte* message)
    {
        ulong sum = SoakRandom.Mix(_linkSeed ^ header.Number) + header.Length;
        for (int i = SoakHeader.Bytes; i < header.Length; i++)
        {
            // FNV-1a.
            sum = (sum ^ message[i]) * 0x100000001B3;
        }

        return sum;
    }
}

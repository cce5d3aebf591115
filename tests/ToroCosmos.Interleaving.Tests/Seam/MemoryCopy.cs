using System;
using ToroCosmos.Interleaving.Tests.Exploration;
using ToroCosmos.VirtIOBus.Links;

namespace ToroCosmos.Memory;

/// <summary>
/// Copies payloads a word at a time through the explorer's memory, so that a message can be seen half written. Of a long
/// one it copies the first word of each cache line and the last of all: others would behave like these.
/// </summary>
public static unsafe class MemoryCopy
{
    private const int WordBytes = sizeof(ulong);
    private const int CacheLineWords = 64 / WordBytes;

    public static void Copy(byte* destination, byte* source, uint bytes)
    {
        if (CoreRun.Current is not { } run)
        {
            Buffer.MemoryCopy(source, destination, bytes, bytes);
            return;
        }

        if (bytes % WordBytes != 0)
        {
            throw new ArgumentException("The explorer's messages are whole words.");
        }

        int words = (int)bytes / WordBytes;
        for (int i = 0; i < words; i++)
        {
            if (IsCopied(i, words))
            {
                CopyWord(run, destination + (i * WordBytes), source + (i * WordBytes));
            }
        }
    }

    public static void Copy(byte* destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* start = source)
        {
            Copy(destination, start, (uint)source.Length);
        }
    }

    public static void Copy(Span<byte> destination, byte* source, uint bytes)
    {
        fixed (byte* start = destination)
        {
            Copy(start, source, bytes);
        }
    }

    /// <summary>Whether a word of a message is copied.</summary>
    /// <param name="index">Which word, from 0.</param>
    /// <param name="words">How many the message has.</param>
    public static bool IsCopied(int index, int words) =>
        words * WordBytes < InOrderDevice.MinimumPrefetch || index % CacheLineWords == 0 || index == words - 1;

    public static void Clear(byte* destination, uint bytes)
    {
        for (uint at = 0; at < bytes; at += WordBytes)
        {
            if (CoreRun.Current is { } run)
            {
                run.Store(destination + at, WordBytes, 0, nameof(Clear));
            }
            else
            {
                *(ulong*)(destination + at) = 0;
            }
        }
    }

    /// <summary>Fetches a line that is not used before it is read again; what was there is not looked at.</summary>
    public static void Touch(byte* address) => _ = address;

    private static void CopyWord(CoreRun run, byte* destination, byte* source)
    {
        ulong word = run.IsShared(source) ? run.Load(source, WordBytes, nameof(MemoryCopy)) : *(ulong*)source;
        if (run.IsShared(destination))
        {
            run.Store(destination, WordBytes, word, nameof(MemoryCopy));
        }
        else
        {
            *(ulong*)destination = word;
        }
    }
}

using System;
using ToroCosmos.Interleaving.Tests.Exploration;

namespace ToroCosmos.Memory;

/// <summary>Copies payloads a word at a time through the explorer's memory, so that a message can be seen half written.</summary>
public static unsafe class MemoryCopy
{
    private const uint WordBytes = sizeof(ulong);

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

        for (uint at = 0; at < bytes; at += WordBytes)
        {
            ulong word = run.IsShared(source) ? run.Load(source + at, (int)WordBytes, nameof(MemoryCopy)) : *(ulong*)(source + at);
            if (run.IsShared(destination))
            {
                run.Store(destination + at, (int)WordBytes, word, nameof(MemoryCopy));
            }
            else
            {
                *(ulong*)(destination + at) = word;
            }
        }
    }

    public static void Clear(byte* destination, uint bytes)
    {
        ulong zero = 0;
        for (uint at = 0; at < bytes; at += WordBytes)
        {
            Copy(destination + at, (byte*)&zero, WordBytes);
        }
    }

    /// <summary>Fetches a line that is not used before it is read again; what was there is not looked at.</summary>
    public static void Touch(byte* address) => _ = address;
}

using System;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>
/// One core, stopped before an access. What it has on its stack is not kept: it is made anew by running the step from its
/// beginning, with the results that its accesses had.
/// </summary>
internal sealed record CoreState
{
    /// <summary>The step of its program that it is in.</summary>
    public required int Step { get; init; }

    /// <summary>The memory as it was at the beginning of the step: the core's private part counts.</summary>
    public required byte[] Image { get; init; }

    /// <summary>The hash of the image.</summary>
    public required UInt128 ImageHash { get; init; }

    /// <summary>The results of the step's accesses so far.</summary>
    public required ulong[] Results { get; init; }

    /// <summary>Its store buffer, oldest first.</summary>
    public required BufferedStore[] Buffer { get; init; }

    /// <summary>What a planted fault keeps from its store buffer.</summary>
    public required BufferedStore[] Held { get; init; }

    /// <summary>What it is about to do.</summary>
    public required Access Next { get; init; }

    /// <summary>An interrupt waits for it.</summary>
    public bool IsWoken { get; init; }

    /// <summary>
    /// For each core, in a byte: how many of the oldest stores of the buffer were in it when this core looked in vain whether
    /// that one sleeps.
    /// </summary>
    public ulong Missed { get; init; }

    /// <summary>Whether its store buffer is empty.</summary>
    public bool IsDrained => Buffer.Length == 0;

    /// <summary>Whether a store to a part of a field waits in its buffer.</summary>
    public bool Buffers(int offset, int bytes) => Array.Exists(Buffer, store => store.Overlaps(offset, bytes));

    /// <summary>Whether a store was in its buffer when it looked in vain whether a core sleeps, and is still.</summary>
    public bool HasMissed(int sleeper) => (byte)(Missed >> (8 * sleeper)) != 0;

    /// <summary>The core after it looked in vain whether another one sleeps.</summary>
    public CoreState Miss(int sleeper) => this with
    {
        Missed = (Missed & ~(0xFFUL << (8 * sleeper))) | ((ulong)(byte)Buffer.Length << (8 * sleeper)),
    };

    /// <summary>The core after the oldest store of its buffer has left it.</summary>
    public CoreState Drain()
    {
        ulong missed = Missed;
        for (int shift = 0; shift < 64; shift += 8)
        {
            missed -= (byte)(missed >> shift) != 0 ? 1UL << shift : 0;
        }

        return this with { Buffer = Buffer[1..], Missed = missed };
    }

    /// <summary>
    /// 128 bits that tell apart where cores stand; what is left to do follows from that alone. Buffers and interrupts do not
    /// count.
    /// </summary>
    public UInt128 Stop { get; private init; }

    /// <summary>The core with <see cref="Stop"/> set.</summary>
    public CoreState WithStop(int core)
    {
        XxHash128 hash = new();
        Span<byte> words = stackalloc byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(words, core);
        BinaryPrimitives.WriteInt32LittleEndian(words[4..], Step);
        BinaryPrimitives.WriteInt32LittleEndian(words[8..], Results.Length);
        BinaryPrimitives.WriteInt32LittleEndian(words[12..], Held.Length);
        BinaryPrimitives.WriteUInt128LittleEndian(words[16..], ImageHash);
        hash.Append(words);
        hash.Append(MemoryMarshal.AsBytes(Results.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(Held.AsSpan()));
        return this with { Stop = hash.GetCurrentHashAsUInt128() };
    }
}

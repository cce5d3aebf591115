using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using ToroCosmos.Seam;

namespace ToroCosmos.Memory;

/// <summary>
/// Copies message payloads. The one place that decides how: by 64-bit moves, which are the fastest way under an emulator
/// that translates code, or by vectors, which are on a processor. <see cref="CopyMeasurement.Tune"/> finds out.
/// </summary>
public static unsafe class MemoryCopy
{
    private const int WordBytes = sizeof(ulong);
    private const int StepBytes = 4 * WordBytes;
    private const int LineBytes = 64;
    private const int BlockBytes = 8 * LineBytes;

    /// <summary>
    /// Whether stretches of 512 bytes and more are copied by vectors. Set while no other core copies;
    /// <see cref="VectorCopy.IsSupported"/> must be true then.
    /// </summary>
    public static bool UsesVectors { get; set; }

    /// <summary>Copies bytes between stretches that do not overlap.</summary>
    /// <param name="destination">Where to; any alignment.</param>
    /// <param name="source">Where from; any alignment.</param>
    /// <param name="bytes">How many; 0 touches neither pointer.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* destination, byte* source, uint bytes)
    {
        if (bytes == WordBytes)
        {
            *(ulong*)destination = *(ulong*)source;
        }
        else
        {
            CopyAny(destination, source, bytes);
        }
    }

    /// <summary>Copies a span's bytes to memory that does not overlap it.</summary>
    /// <param name="destination">Where to; any alignment.</param>
    /// <param name="source">Where from; any alignment.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* destination, ReadOnlySpan<byte> source)
    {
        if (source.Length == WordBytes)
        {
            // Without a pin, which is written to the stack at each message.
            *(ulong*)destination = Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(source));
        }
        else
        {
            fixed (byte* start = source)
            {
                CopyAny(destination, start, (uint)source.Length);
            }
        }
    }

    /// <summary>Copies memory to the beginning of a span that does not overlap it.</summary>
    /// <param name="destination">Where to; any alignment, and long enough.</param>
    /// <param name="source">Where from; any alignment.</param>
    /// <param name="bytes">How many; 0 touches nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(Span<byte> destination, byte* source, uint bytes)
    {
        if (bytes == WordBytes)
        {
            Unsafe.WriteUnaligned(ref MemoryMarshal.GetReference(destination), *(ulong*)source);
        }
        else
        {
            fixed (byte* start = destination)
            {
                CopyAny(start, source, bytes);
            }
        }
    }

    /// <summary>Sets bytes to zero.</summary>
    /// <param name="destination">Where; any alignment.</param>
    /// <param name="bytes">How many, at most <see cref="int.MaxValue"/>.</param>
    public static void Clear(byte* destination, uint bytes) => new Span<byte>(destination, (int)bytes).Clear();

    /// <summary>Begins to fetch the cache line of an address that can be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Touch(byte* address) => _ = Volatile.Read(ref *address);

    private static void CopyAny(byte* destination, byte* source, uint bytes)
    {
        bool vectors = UsesVectors;
        while (bytes >= BlockBytes)
        {
            TouchBlock(source);
            if (vectors)
            {
                CopyBlockByVectors(destination, source);
            }
            else
            {
                CopyBlock(destination, source);
            }

            source += BlockBytes;
            destination += BlockBytes;
            bytes -= BlockBytes;
        }

        while (bytes >= StepBytes)
        {
            CopyStep(destination, source);
            source += StepBytes;
            destination += StepBytes;
            bytes -= StepBytes;
        }

        while (bytes >= WordBytes)
        {
            *(ulong*)destination = *(ulong*)source;
            source += WordBytes;
            destination += WordBytes;
            bytes -= WordBytes;
        }

        while (bytes > 0)
        {
            *destination++ = *source++;
            bytes--;
        }
    }

    /// <summary>
    /// Touches all lines before any is copied: what another core has written is then fetched all at once. An emulator
    /// runs so many instructions for each move that the processor would not see far enough ahead by itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TouchBlock(byte* source)
    {
        Touch(source);
        Touch(source + LineBytes);
        Touch(source + (2 * LineBytes));
        Touch(source + (3 * LineBytes));
        Touch(source + (4 * LineBytes));
        Touch(source + (5 * LineBytes));
        Touch(source + (6 * LineBytes));
        Touch(source + (7 * LineBytes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBlockByVectors(byte* destination, byte* source)
    {
        for (int i = 0; i < BlockBytes; i += VectorCopy.LineBytes)
        {
            VectorCopy.CopyLine(destination + i, source + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyBlock(byte* destination, byte* source)
    {
        for (int i = 0; i < BlockBytes; i += StepBytes)
        {
            CopyStep(destination + i, source + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyStep(byte* destination, byte* source)
    {
        // All four are loaded before the first is stored, so that no load waits for a store.
        ulong a = ((ulong*)source)[0];
        ulong b = ((ulong*)source)[1];
        ulong c = ((ulong*)source)[2];
        ulong d = ((ulong*)source)[3];
        ((ulong*)destination)[0] = a;
        ((ulong*)destination)[1] = b;
        ((ulong*)destination)[2] = c;
        ((ulong*)destination)[3] = d;
    }
}

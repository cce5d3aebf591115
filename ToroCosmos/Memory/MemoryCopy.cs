using System.Runtime.CompilerServices;

namespace ToroCosmos.Memory;

/// <summary>
/// Copies message payloads. The one place that decides how: 64-bit moves are the fastest way under an emulator that
/// translates code, where string and vector instructions cost several times more.
/// </summary>
public static unsafe class MemoryCopy
{
    private const int WordBytes = sizeof(ulong);
    private const int StepBytes = 4 * WordBytes;

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

    private static void CopyAny(byte* destination, byte* source, uint bytes)
    {
        while (bytes >= StepBytes)
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
}

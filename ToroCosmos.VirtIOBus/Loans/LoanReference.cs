using ToroCosmos.Virtio.Queue;

namespace ToroCosmos.VirtIOBus.Loans;

/// <summary>
/// What a lent message puts in its buffer: where the message lies in the sender's memory, and how long it is. It
/// follows the place of a copied message, which is zeroed, so that a buffer used to its end, and no other, holds a
/// reference.
/// </summary>
internal static unsafe class LoanReference
{
    /// <summary>Its length: two 64-bit numbers.</summary>
    public const uint Bytes = 16;

    /// <summary>Writes one.</summary>
    public static void Write(byte* reference, byte* memory, uint bytes)
    {
        ulong address = bytes == 0 ? 0 : (nuint)memory;
        uint* words = (uint*)reference;
        RingMemory.Store(words, (uint)address);
        RingMemory.Store(words + 1, (uint)(address >> 32));
        RingMemory.Store(words + 2, bytes);
        RingMemory.Store(words + 3, 0u);
    }

    /// <summary>Reads one that a peer wrote, each word once, and checks it.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="lendable">Which memory may be lent.</param>
    /// <param name="memory">Where the message lies; null when it has no bytes.</param>
    /// <param name="bytes">How long it is.</param>
    /// <returns>False when the memory is not to be lent.</returns>
    public static bool TryRead(byte* reference, LendableMemory lendable, out byte* memory, out uint bytes)
    {
        uint* words = (uint*)reference;
        ulong address = RingMemory.Load(words) | ((ulong)RingMemory.Load(words + 1) << 32);
        uint low = RingMemory.Load(words + 2);
        uint high = RingMemory.Load(words + 3);
        memory = low == 0 ? null : (byte*)(nuint)address;
        bytes = low;
        return high == 0
            && low <= int.MaxValue
            && (low == 0 || ((nuint)address == address && lendable.Contains(memory, low)));
    }
}

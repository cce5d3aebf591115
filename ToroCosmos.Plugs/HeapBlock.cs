using Cosmos.Core.Memory;

namespace ToroCosmos.Plugs;

/// <summary>What Cosmos' heap writes in front of a block.</summary>
internal static unsafe class HeapBlock
{
    private const int SmallBytes = -2;
    private const int LargeBytes = -3;
    private const int Status = -1;

    /// <summary>Whether a slot of the heap of small blocks has one.</summary>
    public static bool IsTaken(byte* slot) => ((ushort*)slot)[SmallBytes] != 0;

    /// <summary>How many bytes of a block were asked for.</summary>
    public static uint Bytes(byte* block) => RAT.GetPageType(block) == RAT.PageType.HeapSmall
        ? ((ushort*)block)[SmallBytes]
        : ((uint*)block)[LargeBytes];

    /// <summary>Whether a collection has found a block in use.</summary>
    public static bool IsHit(byte* block) => (((ushort*)block)[Status] & (ushort)ObjectGCStatus.Hit) != 0;

    /// <summary>Whether a static field refers to a block; the bits above the lowest count them.</summary>
    public static bool IsRoot(byte* block) => ((ushort*)block)[Status] > (ushort)ObjectGCStatus.Hit;

    /// <summary>For the next collection.</summary>
    public static void ClearHit(byte* block) => ((ushort*)block)[Status] &= unchecked((ushort)~(ushort)ObjectGCStatus.Hit);
}

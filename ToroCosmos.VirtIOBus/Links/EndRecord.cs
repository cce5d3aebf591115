using System.Runtime.InteropServices;

namespace ToroCosmos.VirtIOBus.Links;

/// <summary>
/// What one end of a link keeps for itself beyond the queue, and through resets. It lies on the line of the end's state
/// word: both are written seldom, and by this end alone. Other cores read the counts, which may be outdated.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal unsafe struct EndRecord
{
    public const int Bytes = 96;

    private const QueueCondition FirstViolation = QueueCondition.BadDescriptor;
    private const QueueCondition LastViolation = QueueCondition.BufferOverrun;

    /// <summary>Which generation of the queue this end uses, or a sender that was reset waits for.</summary>
    public uint Generation;

    /// <summary>Of a sender: 1 from its reset until the receiver's was seen.</summary>
    public uint IsAwaitingReset;

    /// <summary>Of a sender: messages before the last reset.</summary>
    public ulong Messages;

    /// <summary>Of a sender: their lengths together.</summary>
    public ulong MessageBytes;

    /// <summary>How often a call found no room, or waited for a message from this sender alone.</summary>
    public ulong Shortages;

    /// <summary>How often this end announced that it sleeps.</summary>
    public ulong Sleeps;

    /// <summary>How often this end woke the other, which had announced that it sleeps, before the last reset.</summary>
    public ulong WakeUps;

    /// <summary>Of a receiver: how often it has reset the link.</summary>
    public uint Resets;

    // Eight more follow in the structure's room; a fixed buffer would spoil its size where IL2CPU compiles it.
    private uint _violations;

    /// <summary>Whether a condition is a violation that this end found.</summary>
    public static bool IsViolation(QueueCondition condition) => condition is >= FirstViolation and <= LastViolation;

    /// <summary>Whether a condition is that one of the two ends was closed.</summary>
    public static bool IsClosed(QueueCondition condition) => condition is QueueCondition.Closed or QueueCondition.ClosedByPeer;

    /// <summary>Counts a condition that ends, by a reset or because the end is closed.</summary>
    public static void Count(EndRecord* record, QueueCondition condition)
    {
        if (IsViolation(condition))
        {
            (&record->_violations)[condition - FirstViolation]++;
        }
    }

    /// <summary>How often a violation was found at an end.</summary>
    /// <param name="record">What the end keeps.</param>
    /// <param name="current">The end's condition, which is not counted yet.</param>
    /// <param name="kind">The violation.</param>
    public static uint CountOf(EndRecord* record, QueueCondition current, QueueCondition kind) => IsViolation(kind)
        ? (&record->_violations)[kind - FirstViolation] + (current == kind ? 1u : 0u)
        : 0;
}

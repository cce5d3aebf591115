using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <summary>Where a message came from, and what it is.</summary>
/// <param name="Source">The sender's rank.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="IsCancelled">Whether there is none, because the operation was cancelled.</param>
public readonly record struct Status(int Source, int Tag, int Length, bool IsCancelled)
{
    internal Status(in MpiStatus status)
        : this(status.Source, status.Tag, status.Length, status.IsCancelled)
    {
    }

    /// <summary>How many whole elements the message has; Undefined when it has a part of one more.</summary>
    public unsafe int Count<T>()
        where T : unmanaged => Length % sizeof(T) == 0 ? Length / sizeof(T) : MpiConstants.Undefined;
}

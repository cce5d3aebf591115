using System.Runtime.InteropServices;

namespace ToroCosmos.Mpi.Spec;

/// <summary>How an operation ended: MPI_Status, laid out as the ABI has it (MPI 5.0, 20): eight ints.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct MpiStatus
{
    /// <summary>The rank that the message came from; after a collective or a send it has no meaning.</summary>
    public int Source;

    /// <summary>The message's tag.</summary>
    public int Tag;

    /// <summary>The error class, where a call has several.</summary>
    public int Error;

    /// <summary>The message's length in bytes.</summary>
    internal int Bytes;

    /// <summary>1 when the operation was cancelled.</summary>
    internal int Cancelled;

    private readonly int _reserved0;
    private readonly int _reserved1;
    private readonly int _reserved2;

    /// <summary>The status of what is none: any source, any tag, no element (MPI 4.1, 3.7.3).</summary>
    public static MpiStatus Empty => new() { Source = MpiConstants.AnySource, Tag = MpiConstants.AnyTag };

    /// <summary>Whether the operation was cancelled.</summary>
    public readonly bool IsCancelled => Cancelled != 0;

    /// <summary>The message's length in bytes.</summary>
    public readonly int Length => Bytes;
}

using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Datatypes;

/// <summary>A datatype: where an element's data lie, as runs of blocks, and what the standard tells of it.</summary>
internal unsafe struct TypeSlot
{
    /// <summary>Who refers to it: the handle, and operations that are under way. 0: the place is free.</summary>
    public int References;

    /// <summary>Whether the handle still refers to it.</summary>
    public bool HasHandle;

    /// <summary>Whether messages can be made of it.</summary>
    public bool IsCommitted;

    /// <summary>Whether elements lie one behind the other without gaps, from their addresses on.</summary>
    public bool IsDense;

    /// <summary>Bytes of data of an element.</summary>
    public int Size;

    /// <summary>The largest alignment of its parts.</summary>
    public int Alignment;

    /// <summary>How many elements of basic types it has.</summary>
    public int BasicElements;

    /// <summary>The basic type of all its parts; Null when they differ.</summary>
    public MpiDatatype Basic;

    public nint LowerBound;
    public nint Extent;
    public nint TrueLowerBound;
    public nint TrueExtent;

    public TypeRun* Runs;
    public int RunCount;
}

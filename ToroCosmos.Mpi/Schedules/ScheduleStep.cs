using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Schedules;

/// <summary>A step of a collective operation.</summary>
internal unsafe struct ScheduleStep
{
    public StepKind Kind;

    /// <summary>The other rank.</summary>
    public int Rank;

    /// <summary>The elements to send or receive, to copy from, or on the left of the operation.</summary>
    public byte* First;

    /// <summary>Where elements are copied to; or those on the right of the operation, and its result.</summary>
    public byte* Second;
    public int Count;
    public TypeSlot* Type;

    /// <summary>Of a copy: how many elements of what type they become.</summary>
    public int SecondCount;
    public TypeSlot* SecondType;

    /// <summary>Of a combination: how, and the type as the program knows it.</summary>
    public MpiOp Op;
    public MpiDatatype Handle;
}

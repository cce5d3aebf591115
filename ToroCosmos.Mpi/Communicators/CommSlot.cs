using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>A communicator of a process.</summary>
internal unsafe struct CommSlot
{
    /// <summary>Who refers to it: the handle, and operations that are under way. 0: the place is free.</summary>
    public int References;
    public bool HasHandle;

    /// <summary>The context of its messages; that of its collective operations is one more.</summary>
    public ushort Context;

    public int Size;

    /// <summary>The calling process' rank.</summary>
    public int Rank;

    /// <summary>By rank, the core.</summary>
    public int* Cores;

    /// <summary>By core, the rank; <see cref="MpiConstants.Undefined"/> for those that are not in it.</summary>
    public int* Ranks;

    /// <summary>How many collective operations were begun, modulo 2^16: the tag of their messages.</summary>
    public int Sequence;

    /// <summary>By number modulo 64, the operations to come in which another rank has told that it takes no part; and why.</summary>
    public ulong FailedAhead;
    public MpiError FailedError;

    public MpiErrhandler Errhandler;

    /// <summary>Its dimensions, where it is a grid; 0 where it is none.</summary>
    public int Dimensions;

    /// <summary>Whether it is a grid.</summary>
    public bool IsCartesian;

    /// <summary>By dimension: how many places, and whether they are a ring.</summary>
    public int* Places;
    public int* Periods;
}

using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>A key of attributes.</summary>
internal unsafe struct KeyvalSlot
{
    public bool IsUsed;

    /// <summary>How many attributes have it.</summary>
    public int References;

    /// <summary>Whether it may be used for new attributes.</summary>
    public bool HasHandle;

    /// <summary>Copies an attribute to a duplicate: answers whether it has it, and its value. Null: it has it not.</summary>
    public delegate*<MpiComm, int, nint, nint, nint*, bool*, MpiError> Copy;

    /// <summary>Is told that an attribute goes; null for nothing.</summary>
    public delegate*<MpiComm, int, nint, nint, MpiError> Delete;
    public nint ExtraState;
}

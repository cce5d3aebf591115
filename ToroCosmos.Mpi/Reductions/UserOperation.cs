using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>An operation that a program has made.</summary>
internal unsafe struct UserOperation
{
    /// <summary>
    /// Combines elements: MPI_User_function, inout[i] = in[i] op inout[i] for so many elements of a type. Null: the place is
    /// free.
    /// </summary>
    public delegate*<byte*, byte*, int*, MpiDatatype*, void> Function;

    /// <summary>Whether the operands may change places.</summary>
    public bool IsCommutative;
}

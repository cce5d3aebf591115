using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <summary>Error classes in words, with what to do.</summary>
public static class MpiErrorText
{
    /// <summary>The words for an error class.</summary>
    public static string Of(MpiError error) => error switch
    {
        MpiError.Success => "no error",
        MpiError.Buffer => "MPI_ERR_BUFFER: the buffer is missing, or the attached one is full",
        MpiError.Count => "MPI_ERR_COUNT: the number of elements is negative or too large",
        MpiError.Type => "MPI_ERR_TYPE: there is no such datatype, or it is not committed",
        MpiError.Tag => "MPI_ERR_TAG: a tag is from 0 to 1073741823",
        MpiError.Comm => "MPI_ERR_COMM: there is no such communicator; it may have been freed",
        MpiError.Rank => "MPI_ERR_RANK: the communicator has no such rank",
        MpiError.Request => "MPI_ERR_REQUEST: there is no such request; it may have ended or been freed",
        MpiError.Root => "MPI_ERR_ROOT: the communicator has no such rank as the root",
        MpiError.Group => "MPI_ERR_GROUP: there is no such group",
        MpiError.Op => "MPI_ERR_OP: there is no such operation for this datatype",
        MpiError.Topology => "MPI_ERR_TOPOLOGY: the communicator has no such topology",
        MpiError.Dims => "MPI_ERR_DIMS: the dimensions do not fit the number of ranks",
        MpiError.Arg => "MPI_ERR_ARG: an argument is wrong",
        MpiError.Truncate => "MPI_ERR_TRUNCATE: the message is longer than the buffer of its receiver",
        MpiError.InStatus => "MPI_ERR_IN_STATUS: several operations failed; their statuses say why",
        MpiError.Keyval => "MPI_ERR_KEYVAL: there is no such attribute",
        MpiError.NoMem => "MPI_ERR_NO_MEM: a pool is exhausted; MpiOptions has its size",
        MpiError.UnsupportedOperation => "MPI_ERR_UNSUPPORTED_OPERATION: this part of the standard is not there",
        MpiError.ProcAborted => "MPI_ERR_PROC_ABORTED: the other rank has ended or failed",
        MpiError.Other => "MPI_ERR_OTHER: the ranks' calls do not fit together, nobody is left to wait for, or a limit of time has passed",
        _ => "MPI error class " + (int)error,
    };
}

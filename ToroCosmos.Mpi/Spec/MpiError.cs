namespace ToroCosmos.Mpi.Spec;

/// <summary>The standard's error classes (MPI 4.1, 9.4), with the numbers of its ABI (MPI 5.0, 20).</summary>
public enum MpiError
{
    /// <summary>No error.</summary>
    Success = 0,

    /// <summary>The buffer is null, is not to be lent, or no buffer is attached.</summary>
    Buffer = 1,

    /// <summary>The count is negative.</summary>
    Count = 2,

    /// <summary>There is no such datatype, or it is not committed.</summary>
    Type = 3,

    /// <summary>The tag is negative or larger than the largest.</summary>
    Tag = 4,

    /// <summary>There is no such communicator.</summary>
    Comm = 5,

    /// <summary>There is no such rank in the communicator.</summary>
    Rank = 6,

    /// <summary>There is no such request; it may have been freed.</summary>
    Request = 7,

    /// <summary>There is no such root.</summary>
    Root = 8,

    /// <summary>There is no such group.</summary>
    Group = 9,

    /// <summary>There is no such operation, or it is not for this datatype.</summary>
    Op = 10,

    /// <summary>The communicator has no such topology.</summary>
    Topology = 11,

    /// <summary>The dimensions do not fit.</summary>
    Dims = 12,

    /// <summary>Another argument is wrong.</summary>
    Arg = 13,

    /// <summary>Not known.</summary>
    Unknown = 14,

    /// <summary>The message is longer than the buffer of its receiver.</summary>
    Truncate = 15,

    /// <summary>Another error, such as a time limit that has passed or collective calls that do not fit together.</summary>
    Other = 16,

    /// <summary>What came from another rank cannot be believed.</summary>
    Intern = 17,

    /// <summary>The request has neither failed nor completed.</summary>
    Pending = 18,

    /// <summary>The errors are in the statuses.</summary>
    InStatus = 19,

    /// <summary>The key is too long or empty.</summary>
    InfoKey = 31,

    /// <summary>There is no such key.</summary>
    InfoNoKey = 32,

    /// <summary>The value is too long.</summary>
    InfoValue = 33,

    /// <summary>There is no such info object.</summary>
    Info = 34,

    /// <summary>There is no such attribute key.</summary>
    Keyval = 36,

    /// <summary>A pool is exhausted; MpiOptions has its size.</summary>
    NoMem = 39,

    /// <summary>This part of the standard is not implemented.</summary>
    UnsupportedOperation = 55,

    /// <summary>The other rank has ended or failed.</summary>
    ProcAborted = 58,

    /// <summary>The number does not fit where it is to go.</summary>
    ValueTooLarge = 59,

    /// <summary>There is no such error handler.</summary>
    Errhandler = 61,
}

using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.Mpi.Engine;

/// <summary>The sizes of an MPI world: each is that of every process. What is used up is an error, and no call allocates.</summary>
public sealed class MpiOptions
{
    /// <summary>How many operations can be under way at once, and be kept for later: 16 to 57344.</summary>
    public int Requests { get; init; } = 1024;

    /// <summary>How many messages can have come before their receives: 8 or more. Each takes a buffer of the bus.</summary>
    public int UnexpectedMessages { get; init; } = 256;

    /// <summary>Communicators, the two of the standard among them: 4 to 256.</summary>
    public int Communicators { get; init; } = 64;

    /// <summary>Groups that are made: 4 or more.</summary>
    public int Groups { get; init; } = 64;

    /// <summary>Datatypes that are made: 4 or more.</summary>
    public int Datatypes { get; init; } = 128;

    /// <summary>Memory for the layouts of datatypes, in bytes: 32 KiB or more.</summary>
    public int DatatypeBytes { get; init; } = 1 << 17;

    /// <summary>Memory for collective operations, in bytes: 64 KiB or more.</summary>
    public int ScratchBytes { get; init; } = 1 << 20;

    /// <summary>
    /// How long a call waits at most, in nanoseconds, while nothing happens: then it fails, and with it the process.
    /// Without a limit a program whose ranks all wait for each other hangs.
    /// </summary>
    public ulong WaitLimitNs { get; init; } = TimeLimit.None;

    /// <summary>How long a core polls and pauses before it sleeps.</summary>
    public WaitLengths Waiting { get; init; } = WaitLengths.Default;

    /// <summary>Which memory ranks may read of each other for long messages; null: these are copied twice, in parts.</summary>
    public LendableMemory? Lendable { get; init; }

    /// <summary>These options, with what the machine knows in place of what was not set.</summary>
    internal MpiOptions With(WaitLengths waiting, LendableMemory lendable) => new()
    {
        Requests = Requests,
        UnexpectedMessages = UnexpectedMessages,
        Communicators = Communicators,
        Groups = Groups,
        Datatypes = Datatypes,
        DatatypeBytes = DatatypeBytes,
        ScratchBytes = ScratchBytes,
        WaitLimitNs = WaitLimitNs,
        Waiting = Waiting == WaitLengths.Default ? waiting : Waiting,
        Lendable = Lendable ?? lendable,
    };

    /// <exception cref="System.ArgumentException">A size is outside its range.</exception>
    internal void Validate()
    {
        if (Requests < 16 || Requests > Memory.Handles.MaximumRequests || UnexpectedMessages < 8 || Communicators < 4
            || Communicators > 256 || Groups < 4 || Datatypes < 4 || DatatypeBytes < 1 << 15 || ScratchBytes < 1 << 16)
        {
            throw new System.ArgumentException("A size of the MPI world is outside its range; MpiOptions has them.");
        }
    }
}

using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Reductions;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;

namespace ToroCosmos.Mpi.Engine;

/// <summary>
/// MPI as one rank sees it: the functions of the standard (MPI 4.1) with its names and its order of arguments. Only that
/// rank's core uses it, not from interrupt handlers. No call allocates or throws; each answers with an error class of the
/// standard, after the communicator's error handler has seen it. Where a status is asked for, null stands for none.
/// <para>
/// There is no thread behind it: every call that waits, and every test, moves all that is under way.
/// </para>
/// </summary>
[AnyCore]
public sealed unsafe partial class MpiProcess
{
    private readonly MessageEngine _messages;
    private readonly CollectiveEngine _collectives;
    private readonly CommTable _comms;
    private readonly GroupTable _groups;
    private readonly AttributeTable _attributes;
    private readonly ErrhandlerTable _errhandlers;
    private readonly InfoTable _infos;
    private readonly TypeTable _types;
    private readonly TypeMaker _maker;
    private readonly OperationTable _operations;
    private readonly int _core;
    private readonly int _size;

    private ScratchHeap _scratch;
    private bool _isFinalized;

    internal MpiProcess(BusEndpoint end, int ranks, int packetBytes, WaitSet waits, MpiOptions options, ref Region region)
    {
        ProcessMemory memory = new(ref region, options, ranks, packetBytes);
        _core = end.Core;
        _size = ranks;
        _scratch.Initialize(memory.Scratch, (uint)options.ScratchBytes);
        _types = new TypeTable(memory.Types, options.Datatypes, memory.Runs, (uint)options.DatatypeBytes);
        _maker = new TypeMaker(_types);
        _operations = new OperationTable(memory.Ops, ProcessMemory.Operations);
        _comms = new CommTable(memory.Comms, options.Communicators, memory.CommRanks, ranks, _core);
        _groups = new GroupTable(memory.Groups, options.Groups, memory.GroupCores, ranks);
        _attributes = new AttributeTable(memory.KeyvalSlots, memory.AttributeSlots);
        _errhandlers = new ErrhandlerTable(memory.Errhandlers);
        _infos = new InfoTable(memory.InfoEntries, memory.InfoText);
        _messages = new MessageEngine(end, ranks, packetBytes, waits, options, memory, _comms, _types);
        _collectives = new CollectiveEngine(_messages, _comms, _types, _operations, _core, _scratch);
        _messages.Collectives = _collectives;
    }

    /// <summary>This process' rank in <see cref="MpiComm.World"/>.</summary>
    public int WorldRank => _core;

    /// <summary>How many processes there are.</summary>
    public int WorldSize => _size;

    /// <summary>The longest message that goes in one piece, in bytes; a longer one waits for its receive to be posted.</summary>
    public int EagerBytes => _messages.EagerBytes;

    /// <summary>What this process has not freed or received.</summary>
    public MpiLeftovers Leftovers => new(
        _messages.Requests.Used, _messages.Arrived.Count, _comms.Made, _groups.Used, _types.Used, _operations.Used);

    /// <summary>MPI_Wtime: seconds since some moment in the past; the same clock on every rank.</summary>
    public static double Wtime() => (double)Clock.Now / Clock.TicksPerSecond;

    /// <summary>MPI_Wtick: seconds between two values of <see cref="Wtime"/>.</summary>
    public static double Wtick() => 1.0 / Clock.TicksPerSecond;

    /// <summary>
    /// MPI_Finalize: waits until every rank has called it; then only <see cref="Finalized"/> may be called. A rank that has
    /// ended without it is no reason to wait.
    /// </summary>
    public MpiError Finalize()
    {
        if (_isFinalized)
        {
            return MpiError.Other;
        }

        MpiError error = Barrier(MpiComm.World);
        _isFinalized = true;
        _messages.Fail(MpiError.Other);
        return error == MpiError.ProcAborted ? MpiError.Success : error;
    }

    /// <summary>MPI_Finalized.</summary>
    public bool Finalized() => _isFinalized;

    /// <summary>
    /// MPI_Abort: ends the world. Calls of all ranks answer <see cref="MpiError.ProcAborted"/> from now on.
    /// </summary>
    /// <param name="comm">A communicator; all of the world ends with it.</param>
    /// <param name="errorCode">What the program is to end with.</param>
    public MpiError Abort(MpiComm comm, int errorCode)
    {
        _ = comm;
        _messages.Abort(errorCode);
        return MpiError.Success;
    }

    /// <summary>Whether a rank has called <see cref="Abort"/>, as far as this one has heard.</summary>
    public bool IsAborted => _messages.IsAborted;

    /// <summary>What <see cref="Abort"/> was given.</summary>
    public int AbortCode => _messages.AbortCode;

    /// <summary>Tells the other ranks that this one has ended, so that nobody waits for it. Once the rank's function returns.</summary>
    internal void Leave()
    {
        if (!_isFinalized && !IsAborted)
        {
            _messages.TellAll(PacketKind.Gone, 0);
        }

        _messages.Fail(MpiError.Other);
    }
}

using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Reductions;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.Platform;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;

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
    private const int Nothing = -1;

    private readonly BusEndpoint _end;
    private readonly WaitSet _waits;
    private readonly LendableMemory? _lendable;
    private readonly RequestSlot* _requests;
    private readonly UnexpectedSlot* _unexpected;
    private readonly TypeTable _types;
    private readonly OperationTable _operations;
    private readonly byte* _parts;
    private readonly int* _pendingTo;
    private readonly int* _gone;
    private readonly int _core;
    private readonly int _size;
    private readonly int _requestCount;
    private readonly int _unexpectedCount;
    private readonly int _eagerBytes;
    private readonly int _packetBytes;
    private readonly int _spins;
    private readonly ulong _waitLimitNs;

    private int _freeRequest;
    private int _freeUnexpected;
    private SlotList _posted;
    private SlotList _arrived;
    private SlotList _pending;
    private SlotList _running;
    private ScratchHeap _scratch;

    // What every call answers once the process has failed, or was asked to end.
    private MpiError _failure;
    private bool _isExhausted;
    private bool _isFinalized;

    internal MpiProcess(BusEndpoint end, int ranks, int packetBytes, WaitSet waits, MpiOptions options, ref Region region)
    {
        _end = end;
        _waits = waits;
        _lendable = options.Lendable;
        _core = end.Core;
        _size = ranks;
        _packetBytes = packetBytes;
        _eagerBytes = packetBytes - PacketHeader.Bytes;
        _spins = options.Waiting.PollSteps;
        _waitLimitNs = options.WaitLimitNs;
        ProcessMemory memory = new(ref region, options, ranks, packetBytes);
        _requests = memory.Requests;
        _requestCount = options.Requests;
        for (int i = 0; i < _requestCount; i++)
        {
            _requests[i] = new RequestSlot { Next = i + 1 < _requestCount ? i + 1 : Nothing };
        }

        _unexpected = memory.Unexpected;
        _unexpectedCount = options.UnexpectedMessages;
        for (int i = 0; i < options.UnexpectedMessages; i++)
        {
            _unexpected[i] = new UnexpectedSlot
            {
                Next = i + 1 < options.UnexpectedMessages ? i + 1 : Nothing,
                Data = memory.UnexpectedData + ((nint)i * packetBytes),
            };
        }

        _posted = SlotList.Empty;
        _arrived = SlotList.Empty;
        _pending = SlotList.Empty;
        _running = SlotList.Empty;
        _parts = memory.Parts;
        _pendingTo = memory.PendingTo;
        _gone = memory.Gone;
        for (int core = 0; core < ranks; core++)
        {
            _pendingTo[core] = 0;
            _gone[core] = 0;
        }

        _scratch.Initialize(memory.Scratch, (uint)options.ScratchBytes);
        _types = new TypeTable(memory.Types, options.Datatypes, memory.Runs, (uint)options.DatatypeBytes);
        _operations = new OperationTable(memory.Ops, ProcessMemory.Operations);
        InitializeCommunicators(memory, options);
    }

    /// <summary>This process' rank in <see cref="MpiComm.World"/>.</summary>
    public int WorldRank => _core;

    /// <summary>How many processes there are.</summary>
    public int WorldSize => _size;

    /// <summary>The longest message that goes in one piece, in bytes; a longer one waits for its receive to be posted.</summary>
    public int EagerBytes => _eagerBytes;

    /// <summary>What this process has not freed or received.</summary>
    public MpiLeftovers Leftovers
    {
        get
        {
            int requests = 0;
            for (int i = 0; i < _requestCount; i++)
            {
                requests += _requests[i].State != RequestState.Free ? 1 : 0;
            }

            int messages = 0;
            for (int i = _arrived.Head; i != Nothing; i = _unexpected[i].Next)
            {
                // Those of collective operations, which others may have begun by now, have odd contexts.
                messages += 1 - (_unexpected[i].Header.Context & 1);
            }

            return new MpiLeftovers(requests, messages, CountCommunicators(), CountGroups(), _types.Used, _operations.Used);
        }
    }

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
        _failure = MpiError.Other;
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
        AbortCode = errorCode;
        IsAborted = true;
        TellAll(PacketKind.Abort, errorCode);
        Fail(MpiError.ProcAborted);
        return MpiError.Success;
    }

    /// <summary>Whether a rank has called <see cref="Abort"/>, as far as this one has heard.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>What <see cref="Abort"/> was given.</summary>
    public int AbortCode { get; private set; }

    /// <summary>Tells the other ranks that this one has ended, so that nobody waits for it. Once the rank's function returns.</summary>
    internal void Leave()
    {
        if (!_isFinalized && !IsAborted)
        {
            TellAll(PacketKind.Gone, 0);
        }

        Fail(MpiError.Other);
    }

    /// <summary>Ends all that is under way, and every call from now on, with an error.</summary>
    private void Fail(MpiError error)
    {
        _failure = error;
        for (int i = 0; i < _requestCount; i++)
        {
            RequestSlot* slot = _requests + i;
            if (slot->State == RequestState.Active)
            {
                slot->IsReady = false;
                slot->Outstanding = 0;
                slot->Parent = Nothing;
                Complete(slot, error);
            }
        }

        _posted = SlotList.Empty;
        _pending = SlotList.Empty;
        _running = SlotList.Empty;
        for (int core = 0; core < _size; core++)
        {
            _pendingTo[core] = 0;
        }
    }

    /// <summary>Tells every other rank; not those whose links are full for as long as a second.</summary>
    private void TellAll(PacketKind kind, int number)
    {
        const ulong PatienceNs = 1_000_000_000;
        PacketHeader header = new() { Kind = kind, Tag = number };
        for (int core = 0; core < _size; core++)
        {
            if (core != _core && _gone[core] == 0)
            {
                _ = _end.SendTo(core, new System.ReadOnlySpan<byte>(&header, PacketHeader.Bytes), PatienceNs);
            }
        }
    }
}

using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;
using ToroCosmos.Smp.Waiting;
using ToroCosmos.VirtIOBus;
using ToroCosmos.VirtIOBus.Loans;

namespace ToroCosmos.Mpi.Engine;

/// <summary>
/// The messages of a process: from calls to the bus, from the bus to calls, and what is under way between them. There is no
/// thread behind it: whoever waits or tests moves all that can be moved.
/// </summary>
internal sealed unsafe partial class MessageEngine
{
    private readonly BusEndpoint _end;
    private readonly WaitSet _waits;
    private readonly LendableMemory? _lendable;
    private readonly RequestTable _requests;
    private readonly ArrivedMessages _arrived;
    private readonly CommTable _comms;
    private readonly TypeTable _types;
    private readonly byte* _parts;
    private readonly int* _pendingTo;
    private readonly int* _gone;
    private readonly int _core;
    private readonly int _size;
    private readonly int _eagerBytes;
    private readonly int _packetBytes;
    private readonly int _spins;
    private readonly ulong _waitLimitNs;

    private SlotList _posted = SlotList.Empty;
    private SlotList _pending = SlotList.Empty;
    private SlotList _running = SlotList.Empty;
    private bool _isExhausted;

    public MessageEngine(
        BusEndpoint end, int ranks, int packetBytes, WaitSet waits, MpiOptions options, in ProcessMemory memory,
        CommTable comms, TypeTable types)
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
        _comms = comms;
        _types = types;
        _requests = new RequestTable(memory.Requests, options.Requests);
        _arrived = new ArrivedMessages(memory.Unexpected, options.UnexpectedMessages, memory.UnexpectedData, packetBytes);
        _parts = memory.Parts;
        _pendingTo = memory.PendingTo;
        _gone = memory.Gone;
        for (int core = 0; core < ranks; core++)
        {
            _pendingTo[core] = 0;
            _gone[core] = 0;
        }
    }

    /// <summary>What runs the schedules of collective operations, whose messages these are.</summary>
    public CollectiveEngine Collectives { get; set; } = null!;

    /// <summary>What every call answers once the process has failed, or was asked to end.</summary>
    public MpiError Failure { get; private set; }

    /// <summary>Whether a rank has ended the world, as far as this one has heard, and with what.</summary>
    public bool IsAborted { get; private set; }

    public int AbortCode { get; private set; }

    public RequestTable Requests => _requests;

    public ArrivedMessages Arrived => _arrived;

    /// <summary>The longest message that goes in one piece.</summary>
    public int EagerBytes => _eagerBytes;

    /// <summary>Memory for a part of a message, between two calls that move data.</summary>
    public byte* Parts => _parts;

    public int PartBytes => _packetBytes;

    /// <summary>Whether a rank has ended.</summary>
    public bool IsGone(int core) => _gone[core] != 0;

    /// <summary>Ends the world: tells the others.</summary>
    public void Abort(int errorCode)
    {
        AbortCode = errorCode;
        IsAborted = true;
        TellAll(PacketKind.Abort, errorCode);
        Fail(MpiError.ProcAborted);
    }

    /// <summary>Puts a collective operation in line that can go on.</summary>
    public void Ready(RequestSlot* slot) => _requests.Append(ref _running, slot);

    /// <summary>Sends data in one piece, if that can be now and no other message to that rank waits for room.</summary>
    public bool TrySendNow(int core, in PacketHeader header, TypeSlot* type, byte* buffer, int bytes) =>
        bytes <= _eagerBytes && core != _core && _pendingTo[core] == 0 && _gone[core] == 0
        && TrySend(core, header, type, buffer, 0, bytes, false);

    /// <summary>Ends all that is under way, and every call from now on, with an error.</summary>
    public void Fail(MpiError error)
    {
        Failure = error;
        for (int i = 0; i < _requests.Count; i++)
        {
            RequestSlot* slot = _requests.At(i);
            if (slot->State == RequestState.Active)
            {
                slot->IsReady = false;
                slot->Outstanding = 0;
                slot->Parent = SlotList.Nothing;
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
    public void TellAll(PacketKind kind, int number)
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

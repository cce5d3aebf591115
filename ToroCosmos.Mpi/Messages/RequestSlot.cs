using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Messages;

/// <summary>An operation of a process.</summary>
internal unsafe struct RequestSlot
{
    /// <summary>The next one in the list that it is in; -1 for none.</summary>
    public int Next;

    public RequestState State;
    public RequestKind Kind;
    public RequestPhase Phase;
    public SendMode Mode;

    /// <summary>Which use of this place it is.</summary>
    public int Generation;

    /// <summary>Whether the program has its handle.</summary>
    public bool HasHandle;

    public bool IsPersistent;
    public bool IsCancelled;

    /// <summary>Whether a cancel is under way, so that none is asked for again.</summary>
    public bool IsCancelling;

    public MpiError Error;

    /// <summary>The collective operation that it is a part of; -1 for none.</summary>
    public int Parent;

    /// <summary>The communicator, by its place; -1 for none.</summary>
    public int Comm;

    public byte* Buffer;
    public TypeSlot* Type;
    public int Count;

    /// <summary>How many bytes are sent, or can be received.</summary>
    public int Bytes;

    /// <summary>The core that it was asked for; or any.</summary>
    public int WantedCore;

    /// <summary>The tag that it was asked for; or any.</summary>
    public int WantedTag;
    public ushort Context;
    public byte Signature;

    /// <summary>The core that the message comes from or goes to.</summary>
    public int Core;
    public int PeerRequest;

    /// <summary>How much is to be moved in parts, and was.</summary>
    public int Total;
    public int Moved;

    public int StatusSource;
    public int StatusTag;
    public int StatusBytes;

    /// <summary>Of a collective operation: its messages that are under way, its next step, and how many there are.</summary>
    public int Outstanding;
    public int Step;
    public int Steps;
    public bool IsReady;
    public bool KeepsTypes;

    /// <summary>Whether the other ranks were told that it failed here.</summary>
    public bool IsTold;

    /// <summary>Memory that is freed with it: a schedule, or a copy in the attached buffer.</summary>
    public byte* Owned;
}

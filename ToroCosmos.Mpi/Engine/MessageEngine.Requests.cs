using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Beginning operations, ending them, taking them back.</content>
internal sealed unsafe partial class MessageEngine
{
    /// <summary>The memory that is attached for the buffered mode; null when none is.</summary>
    public byte* AttachedBuffer { get; set; }

    /// <summary>What of it is in use.</summary>
    public ScratchHeap Attached;

    /// <summary>A new request for a message; null when all are in use.</summary>
    public RequestSlot* NewTransfer(
        RequestKind kind, byte* buffer, int count, TypeSlot* type, int core, int tag, CommSlot* comm, int context)
    {
        RequestSlot* slot = _requests.New(kind);
        if (slot == null)
        {
            return null;
        }

        slot->Buffer = buffer;
        slot->Count = count;
        slot->Type = type;
        slot->Bytes = count * type->Size;
        slot->WantedCore = core;
        slot->WantedTag = tag;
        slot->Context = (ushort)context;
        slot->Comm = _comms.IndexOf(comm);
        comm->References++;
        TypeTable.Retain(type);
        return slot;
    }

    /// <summary>Gives a request's place back, with what belongs to it.</summary>
    public void Release(RequestSlot* slot)
    {
        if (slot->Type != null)
        {
            TypeTable.Release(slot->Type);
        }

        if (slot->Comm != SlotList.Nothing)
        {
            CommTable.Release(_comms.At(slot->Comm));
        }

        if (slot->KeepsTypes)
        {
            Collectives.LetGo(slot);
        }

        if (slot->Owned != null)
        {
            ScratchHeap.Free(slot->Owned);
        }

        _requests.Return(slot);
    }

    /// <summary>Ends a request.</summary>
    public void Complete(RequestSlot* slot, MpiError error)
    {
        if (slot->Error == MpiError.Success)
        {
            slot->Error = error;
        }

        slot->State = RequestState.Complete;
        int parent = slot->Parent;
        if (parent != SlotList.Nothing)
        {
            error = slot->Error;
            Release(slot);
            Collectives.EndPart(_requests.At(parent), error);
        }
        else if (slot->Kind == RequestKind.Control || !slot->HasHandle && slot->IsCancelling)
        {
            Release(slot);
        }
    }

    /// <summary>Ends a request that nobody will ask for: at once, or when it has run.</summary>
    public void Abandon(RequestSlot* slot)
    {
        slot->HasHandle = false;
        if (slot->State != RequestState.Active)
        {
            Release(slot);
        }
        else
        {
            // Ends as a control message does.
            slot->IsCancelling = true;
        }
    }

    /// <summary>Ends a blocking call's request.</summary>
    public MpiError End(RequestSlot* slot, MpiError error, MpiStatus* status)
    {
        if (slot->State == RequestState.Active)
        {
            Withdraw(slot);
            return error == MpiError.Success ? MpiError.Other : error;
        }

        error = error == MpiError.Success ? slot->Error : error;
        TellStatus(slot, status);
        Release(slot);
        return error;
    }

    /// <summary>Ends a request before its message has come or gone.</summary>
    public void EndEarly(RequestSlot* slot, MpiError error)
    {
        if (!_requests.TryUnlink(ref _posted, slot) && _requests.TryUnlink(ref _pending, slot))
        {
            _pendingTo[slot->Core]--;
        }

        Complete(slot, error);
    }

    /// <summary>Takes back what a call cannot wait for any longer.</summary>
    public void Withdraw(RequestSlot* slot)
    {
        if (slot->Phase == RequestPhase.Posted)
        {
            _ = _requests.TryUnlink(ref _posted, slot);
            slot->State = RequestState.Complete;
        }
        else if (slot->Phase == RequestPhase.AwaitSelf)
        {
            _ = TakeOwnArrived(slot);
            slot->State = RequestState.Complete;
        }
        else if (_requests.TryUnlink(ref _pending, slot))
        {
            _pendingTo[slot->Core]--;
            slot->State = RequestState.Complete;
        }

        Abandon(slot);
    }

    /// <summary>Starts a send or a receive.</summary>
    public MpiError Start(RequestSlot* slot)
    {
        if (slot->WantedCore == MpiConstants.ProcNull)
        {
            slot->Error = MpiError.Success;
            slot->State = RequestState.Complete;
            slot->StatusSource = MpiConstants.ProcNull;
            slot->StatusTag = MpiConstants.AnyTag;
            slot->StatusBytes = 0;
            return MpiError.Success;
        }

        if (slot->Kind == RequestKind.Receive)
        {
            StartReceive(slot);
            return MpiError.Success;
        }

        if (slot->Mode == SendMode.Buffered)
        {
            return StartBuffered(slot);
        }

        StartSend(slot);
        return MpiError.Success;
    }

    /// <summary>Sends a copy, whose request nobody waits for; the request itself is complete.</summary>
    private MpiError StartBuffered(RequestSlot* slot)
    {
        slot->State = RequestState.Active;
        int core = slot->WantedCore;
        PacketHeader header = new() { Kind = PacketKind.Eager, Tag = slot->WantedTag, Context = slot->Context };
        bool isSent = TrySendNow(core, header, slot->Type, slot->Buffer, slot->Bytes);
        slot->State = RequestState.Complete;
        slot->Error = MpiError.Success;
        slot->StatusSource = MpiConstants.Undefined;
        slot->StatusTag = MpiConstants.Undefined;
        slot->StatusBytes = 0;
        if (isSent)
        {
            return MpiError.Success;
        }

        byte* copy = AttachedBuffer == null ? null : Attached.Allocate((uint)slot->Bytes);
        if (copy == null)
        {
            return MpiError.Buffer;
        }

        TypeSlot* bytes = _types.Find(MpiDatatype.Byte);
        RequestSlot* carrier = NewTransfer(
            RequestKind.Control, copy, slot->Bytes, bytes, core, slot->WantedTag, _comms.At(slot->Comm), slot->Context);
        if (carrier == null)
        {
            ScratchHeap.Free(copy);
            return MpiError.NoMem;
        }

        TypeMover.Pack(slot->Type, slot->Buffer, 0, copy, slot->Bytes);
        carrier->Owned = copy;
        StartSend(carrier);
        return MpiError.Success;
    }

    /// <summary>Tells how an operation ended.</summary>
    public static void TellStatus(RequestSlot* slot, MpiStatus* status)
    {
        if (status != null)
        {
            // The error is told by calls with several statuses alone (MPI 4.1, 3.2.5).
            status->Source = slot->StatusSource;
            status->Tag = slot->StatusTag;
            status->Bytes = slot->StatusBytes;
            status->Cancelled = slot->IsCancelled ? 1 : 0;
        }
    }
}

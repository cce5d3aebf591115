using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Sending in the four modes (MPI 4.1, 3.4, 3.7).</content>
public sealed unsafe partial class MpiProcess
{
    private ScratchHeap _attached;
    private byte* _attachedBuffer;
    private int _attachedBytes;

    /// <summary>MPI_Send: returns when the buffer can be used again.</summary>
    /// <param name="buffer">The first element.</param>
    /// <param name="count">How many elements: 0 or more.</param>
    /// <param name="type">Of which type.</param>
    /// <param name="dest">The receiver's rank, or <see cref="MpiConstants.ProcNull"/>.</param>
    /// <param name="tag">From 0 to <see cref="MpiConstants.TagUpperBound"/>.</param>
    /// <param name="comm">The communicator.</param>
    public MpiError Send(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm)
    {
        MpiError error = CheckTransfer(buffer, count, type, dest, tag, comm, false, out CommSlot* place, out TypeSlot* layout);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (dest == MpiConstants.ProcNull)
        {
            return MpiError.Success;
        }

        // The shortest way: no request, if the message goes in one piece and there is room.
        int core = place->Cores[dest];
        int bytes = count * layout->Size;
        if (bytes <= _eagerBytes && core != _core && _pendingTo[core] == 0 && _gone[core] == 0)
        {
            PacketHeader header = new() { Kind = PacketKind.Eager, Tag = tag, Context = place->Context };
            if (TrySend(core, header, layout, buffer, 0, bytes, false))
            {
                return MpiError.Success;
            }
        }

        return Raise(comm, SendBlocking(SendMode.Standard, buffer, count, layout, core, tag, place));
    }

    /// <summary>MPI_Ssend: returns when the receive has begun, too.</summary>
    public MpiError Ssend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm) =>
        SendIn(SendMode.Synchronous, buffer, count, type, dest, tag, comm);

    /// <summary>MPI_Rsend: the receive must have been posted.</summary>
    public MpiError Rsend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm) =>
        Send(buffer, count, type, dest, tag, comm);

    /// <summary>MPI_Bsend: copies the message into the attached buffer where it cannot be sent at once, and never waits.</summary>
    public MpiError Bsend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm) =>
        SendIn(SendMode.Buffered, buffer, count, type, dest, tag, comm);

    /// <summary>MPI_Isend.</summary>
    /// <param name="request">The request; Null unless the call is a success.</param>
    public MpiError Isend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Begin(SendMode.Standard, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Issend.</summary>
    public MpiError Issend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Begin(SendMode.Synchronous, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Irsend.</summary>
    public MpiError Irsend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Begin(SendMode.Ready, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Ibsend.</summary>
    public MpiError Ibsend(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Begin(SendMode.Buffered, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Buffer_attach: memory for the buffered mode, <see cref="MpiConstants.BsendOverhead"/> more for each message.</summary>
    public MpiError BufferAttach(byte* buffer, int bytes)
    {
        if (buffer == null || _attachedBuffer != null)
        {
            return Raise(MpiComm.World, MpiError.Buffer);
        }

        if (bytes < 0)
        {
            return Raise(MpiComm.World, MpiError.Arg);
        }

        _attachedBuffer = buffer;
        _attachedBytes = bytes;
        _attached.Initialize(buffer, (uint)bytes);
        return MpiError.Success;
    }

    /// <summary>MPI_Buffer_detach: waits until all messages in the attached buffer are sent.</summary>
    public MpiError BufferDetach(byte** buffer, int* bytes)
    {
        if (_attachedBuffer == null)
        {
            return Raise(MpiComm.World, MpiError.Buffer);
        }

        while (!_attached.IsEmpty && _failure == MpiError.Success)
        {
            if (!Progress())
            {
                MpiError error = Idle(null);
                if (error != MpiError.Success)
                {
                    return Raise(MpiComm.World, error);
                }
            }
        }

        *buffer = _attachedBuffer;
        *bytes = _attachedBytes;
        _attachedBuffer = null;
        return MpiError.Success;
    }

    private MpiError SendIn(SendMode mode, byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm)
    {
        MpiError error = CheckTransfer(buffer, count, type, dest, tag, comm, false, out CommSlot* place, out TypeSlot* layout);
        if (error == MpiError.Success && dest != MpiConstants.ProcNull)
        {
            error = SendBlocking(mode, buffer, count, layout, place->Cores[dest], tag, place);
        }

        return Raise(comm, error);
    }

    private MpiError SendBlocking(SendMode mode, byte* buffer, int count, TypeSlot* type, int core, int tag, CommSlot* comm)
    {
        RequestSlot* slot = NewTransfer(RequestKind.Send, buffer, count, type, core, tag, comm, comm->Context);
        if (slot == null)
        {
            return MpiError.NoMem;
        }

        slot->Mode = mode;
        MpiError error = mode == SendMode.Buffered ? StartBuffered(slot) : MpiError.Success;
        if (mode != SendMode.Buffered)
        {
            StartSend(slot);
            error = slot->State == RequestState.Active && core == _core ? MpiError.Other : Await(slot);
        }

        return End(slot, error, null);
    }

    /// <summary>Ends a blocking call's request.</summary>
    private MpiError End(RequestSlot* slot, MpiError error, MpiStatus* status)
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

    /// <summary>Takes back what a call cannot wait for any longer.</summary>
    private void Withdraw(RequestSlot* slot)
    {
        if (slot->Phase == RequestPhase.Posted)
        {
            _ = TryUnlink(ref _posted, slot);
            slot->State = RequestState.Complete;
        }
        else if (slot->Phase == RequestPhase.AwaitSelf)
        {
            _ = TakeOwnArrived(slot);
            slot->State = RequestState.Complete;
        }
        else if (TryUnlink(ref _pending, slot))
        {
            _pendingTo[slot->Core]--;
            slot->State = RequestState.Complete;
        }

        Abandon(slot);
    }

    private MpiError Begin(
        SendMode mode, byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request)
    {
        *request = MpiRequest.Null;
        MpiError error = CheckTransfer(buffer, count, type, dest, tag, comm, false, out CommSlot* place, out TypeSlot* layout);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        RequestSlot* slot = NewTransfer(
            RequestKind.Send, buffer, count, layout, CoreOf(place, dest), tag, place, place->Context);
        if (slot == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        slot->Mode = mode;
        slot->HasHandle = true;
        error = Start(slot);
        if (error != MpiError.Success)
        {
            Release(slot);
            return Raise(comm, error);
        }

        *request = HandleOf(slot);
        return MpiError.Success;
    }

    /// <summary>Starts a send or a receive.</summary>
    private MpiError Start(RequestSlot* slot)
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
        bool isSent = slot->Bytes <= _eagerBytes && core != _core && _pendingTo[core] == 0 && _gone[core] == 0
            && TrySend(core, header, slot->Type, slot->Buffer, 0, slot->Bytes, false);
        slot->State = RequestState.Complete;
        slot->Error = MpiError.Success;
        slot->StatusSource = MpiConstants.Undefined;
        slot->StatusTag = MpiConstants.Undefined;
        slot->StatusBytes = 0;
        if (isSent)
        {
            return MpiError.Success;
        }

        byte* copy = _attachedBuffer == null ? null : _attached.Allocate((uint)slot->Bytes);
        if (copy == null)
        {
            return MpiError.Buffer;
        }

        TypeSlot* bytes = _types.Find(MpiDatatype.Byte);
        RequestSlot* carrier = NewTransfer(
            RequestKind.Control, copy, slot->Bytes, bytes, core, slot->WantedTag, _comms + slot->Comm, slot->Context);
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
}

using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Sending in the four modes (MPI 4.1, 3.4, 3.7).</content>
public sealed unsafe partial class MpiProcess
{
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
        PacketHeader header = new() { Kind = PacketKind.Eager, Tag = tag, Context = place->Context };
        if (_messages.TrySendNow(core, header, layout, buffer, bytes))
        {
            return MpiError.Success;
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
        if (buffer == null || _messages.AttachedBuffer != null)
        {
            return Raise(MpiComm.World, MpiError.Buffer);
        }

        if (bytes < 0)
        {
            return Raise(MpiComm.World, MpiError.Arg);
        }

        _messages.AttachedBuffer = buffer;
        _attachedBytes = bytes;
        _messages.Attached.Initialize(buffer, (uint)bytes);
        return MpiError.Success;
    }

    /// <summary>MPI_Buffer_detach: waits until all messages in the attached buffer are sent.</summary>
    public MpiError BufferDetach(byte** buffer, int* bytes)
    {
        if (_messages.AttachedBuffer == null)
        {
            return Raise(MpiComm.World, MpiError.Buffer);
        }

        while (!_messages.Attached.IsEmpty && _messages.Failure == MpiError.Success)
        {
            if (!_messages.Progress())
            {
                MpiError error = _messages.Idle(null);
                if (error != MpiError.Success)
                {
                    return Raise(MpiComm.World, error);
                }
            }
        }

        *buffer = _messages.AttachedBuffer;
        *bytes = _attachedBytes;
        _messages.AttachedBuffer = null;
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
        RequestSlot* slot = _messages.NewTransfer(RequestKind.Send, buffer, count, type, core, tag, comm, comm->Context);
        if (slot == null)
        {
            return MpiError.NoMem;
        }

        slot->Mode = mode;
        MpiError error = _messages.Start(slot);
        if (error == MpiError.Success)
        {
            error = slot->State == RequestState.Active && core == _core ? MpiError.Other : _messages.Await(slot);
        }

        return _messages.End(slot, error, null);
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

        RequestSlot* slot = _messages.NewTransfer(
            RequestKind.Send, buffer, count, layout, CoreOf(place, dest), tag, place, place->Context);
        if (slot == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        slot->Mode = mode;
        slot->HasHandle = true;
        error = _messages.Start(slot);
        if (error != MpiError.Success)
        {
            _messages.Release(slot);
            return Raise(comm, error);
        }

        *request = _messages.Requests.HandleOf(slot);
        return MpiError.Success;
    }
}

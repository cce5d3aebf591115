using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Persistent requests (MPI 4.1, 3.9).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Send_init.</summary>
    public MpiError SendInit(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Prepare(RequestKind.Send, SendMode.Standard, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Ssend_init.</summary>
    public MpiError SsendInit(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Prepare(RequestKind.Send, SendMode.Synchronous, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Rsend_init.</summary>
    public MpiError RsendInit(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Prepare(RequestKind.Send, SendMode.Ready, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Bsend_init.</summary>
    public MpiError BsendInit(byte* buffer, int count, MpiDatatype type, int dest, int tag, MpiComm comm, MpiRequest* request) =>
        Prepare(RequestKind.Send, SendMode.Buffered, buffer, count, type, dest, tag, comm, request);

    /// <summary>MPI_Recv_init.</summary>
    public MpiError RecvInit(byte* buffer, int count, MpiDatatype type, int source, int tag, MpiComm comm, MpiRequest* request) =>
        Prepare(RequestKind.Receive, SendMode.Standard, buffer, count, type, source, tag, comm, request);

    /// <summary>MPI_Start.</summary>
    public MpiError Start(MpiRequest* request)
    {
        RequestSlot* slot = _messages.Failure == MpiError.Success ? _messages.Requests.Find(*request) : null;
        if (slot == null || !slot->IsPersistent || slot->State != RequestState.Inactive)
        {
            return Raise(MpiComm.World, _messages.Failure == MpiError.Success ? MpiError.Request : _messages.Failure);
        }

        return Raise(MpiComm.World, _messages.Start(slot));
    }

    /// <summary>MPI_Startall.</summary>
    public MpiError Startall(int count, MpiRequest* requests)
    {
        MpiError result = count < 0 ? MpiError.Count : MpiError.Success;
        for (int i = 0; i < count; i++)
        {
            MpiError error = Start(requests + i);
            result = result == MpiError.Success ? error : result;
        }

        return result;
    }

    private MpiError Prepare(
        RequestKind kind, SendMode mode, byte* buffer, int count, MpiDatatype type, int rank, int tag, MpiComm comm, MpiRequest* request)
    {
        *request = MpiRequest.Null;
        MpiError error = CheckTransfer(
            buffer, count, type, rank, tag, comm, kind == RequestKind.Receive, out CommSlot* place, out TypeSlot* layout);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        RequestSlot* slot = _messages.NewTransfer(kind, buffer, count, layout, CoreOf(place, rank), tag, place, place->Context);
        if (slot == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        slot->Mode = mode;
        slot->IsPersistent = true;
        slot->HasHandle = true;
        slot->State = RequestState.Inactive;
        *request = _messages.Requests.HandleOf(slot);
        return MpiError.Success;
    }
}

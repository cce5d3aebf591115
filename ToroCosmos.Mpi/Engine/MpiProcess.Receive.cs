using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Receiving, and both at once (MPI 4.1, 3.2, 3.10).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Recv.</summary>
    /// <param name="buffer">Where the first element goes.</param>
    /// <param name="count">How many elements there is room for: 0 or more.</param>
    /// <param name="type">Of which type.</param>
    /// <param name="source">The sender's rank, <see cref="MpiConstants.AnySource"/> or <see cref="MpiConstants.ProcNull"/>.</param>
    /// <param name="tag">The message's tag, or <see cref="MpiConstants.AnyTag"/>.</param>
    /// <param name="comm">The communicator.</param>
    /// <param name="status">Where the message came from, its tag and its length; null for none.</param>
    public MpiError Recv(byte* buffer, int count, MpiDatatype type, int source, int tag, MpiComm comm, MpiStatus* status)
    {
        MpiError error = CheckTransfer(buffer, count, type, source, tag, comm, true, out CommSlot* place, out TypeSlot* layout);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        RequestSlot* slot = _messages.NewTransfer(
            RequestKind.Receive, buffer, count, layout, CoreOf(place, source), tag, place, place->Context);
        if (slot == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        _ = _messages.Start(slot);
        error = _messages.End(slot, _messages.Await(slot), status);
        return error == MpiError.Success ? error : Raise(comm, error);
    }

    /// <summary>MPI_Irecv.</summary>
    /// <param name="request">The request; Null unless the call is a success.</param>
    public MpiError Irecv(byte* buffer, int count, MpiDatatype type, int source, int tag, MpiComm comm, MpiRequest* request)
    {
        *request = MpiRequest.Null;
        MpiError error = CheckTransfer(buffer, count, type, source, tag, comm, true, out CommSlot* place, out TypeSlot* layout);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        RequestSlot* slot = _messages.NewTransfer(
            RequestKind.Receive, buffer, count, layout, CoreOf(place, source), tag, place, place->Context);
        if (slot == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        slot->HasHandle = true;
        *request = _messages.Requests.HandleOf(slot);
        return _messages.Start(slot);
    }

    /// <summary>MPI_Sendrecv: sends and receives at once.</summary>
    public MpiError Sendrecv(
        byte* sendBuffer, int sendCount, MpiDatatype sendType, int dest, int sendTag,
        byte* recvBuffer, int recvCount, MpiDatatype recvType, int source, int recvTag, MpiComm comm, MpiStatus* status)
    {
        MpiRequest receive;
        MpiRequest send;
        MpiError error = CheckTransfer(sendBuffer, sendCount, sendType, dest, sendTag, comm, false, out _, out _);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        error = Irecv(recvBuffer, recvCount, recvType, source, recvTag, comm, &receive);
        if (error != MpiError.Success)
        {
            return error;
        }

        error = Isend(sendBuffer, sendCount, sendType, dest, sendTag, comm, &send);
        if (error != MpiError.Success)
        {
            _messages.Withdraw(_messages.Requests.Find(receive));
            return error;
        }

        error = Wait(&send, null);
        MpiError received = Wait(&receive, status);
        return error == MpiError.Success ? received : error;
    }

    /// <summary>MPI_Sendrecv_replace: what is received goes where what is sent lay.</summary>
    public MpiError SendrecvReplace(
        byte* buffer, int count, MpiDatatype type, int dest, int sendTag, int source, int recvTag, MpiComm comm, MpiStatus* status)
    {
        MpiError error = CheckTransfer(buffer, count, type, dest, sendTag, comm, false, out _, out TypeSlot* layout);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        int bytes = count * layout->Size;
        byte* copy = _scratch.Allocate((uint)bytes);
        if (copy == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        TypeMover.Pack(layout, buffer, 0, copy, bytes);
        error = Sendrecv(
            copy, bytes, MpiDatatype.Byte, dest, sendTag, buffer, count, type, source, recvTag, comm, status);
        ScratchHeap.Free(copy);
        return error;
    }

    /// <summary>MPI_Get_count: how many whole elements a message has; Undefined when it has a part of one more.</summary>
    public MpiError GetCount(MpiStatus* status, MpiDatatype type, int* count)
    {
        TypeSlot* layout = _types.Find(type);
        if (layout == null || !layout->IsCommitted)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        *count = layout->Size == 0
            ? (status->Bytes == 0 ? 0 : MpiConstants.Undefined)
            : status->Bytes % layout->Size == 0 ? status->Bytes / layout->Size : MpiConstants.Undefined;
        return MpiError.Success;
    }

    /// <summary>MPI_Get_elements: how many elements of basic types a message has; Undefined when it has a part of one more.</summary>
    public MpiError GetElements(MpiStatus* status, MpiDatatype type, int* count)
    {
        TypeSlot* layout = _types.Find(type);
        if (layout == null || !layout->IsCommitted)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        if (layout->Size == 0)
        {
            *count = status->Bytes == 0 ? 0 : MpiConstants.Undefined;
            return MpiError.Success;
        }

        int whole = status->Bytes / layout->Size;
        int rest = status->Bytes - (whole * layout->Size);
        *count = whole * layout->BasicElements;
        if (rest == 0)
        {
            return MpiError.Success;
        }

        // Elements of one basic type have one length; a part of an element of several is told where it ends a run of one.
        int width = layout->Basic == MpiDatatype.Null ? 0 : _types.Find(layout->Basic)->Size;
        *count = width != 0 && rest % width == 0 ? *count + (rest / width) : MpiConstants.Undefined;
        return MpiError.Success;
    }

    /// <summary>What is wrong with the arguments of a send or a receive.</summary>
    private MpiError CheckTransfer(
        byte* buffer, int count, MpiDatatype type, int rank, int tag, MpiComm comm, bool isReceive,
        out CommSlot* place, out TypeSlot* layout)
    {
        place = null;
        layout = null;
        if (_messages.Failure != MpiError.Success)
        {
            return _messages.Failure;
        }

        place = _comms.Find(comm);
        if (place == null)
        {
            return MpiError.Comm;
        }

        MpiError error = CheckBuffer(buffer, count, type, out layout);
        if (error != MpiError.Success)
        {
            return error;
        }

        if ((uint)tag > MpiConstants.TagUpperBound && !(isReceive && tag == MpiConstants.AnyTag))
        {
            return MpiError.Tag;
        }

        return (uint)rank < (uint)place->Size || rank == MpiConstants.ProcNull || (isReceive && rank == MpiConstants.AnySource)
            ? MpiError.Success
            : MpiError.Rank;
    }

    /// <summary>What is wrong with a buffer of elements.</summary>
    private MpiError CheckBuffer(byte* buffer, int count, MpiDatatype type, out TypeSlot* layout)
    {
        layout = _types.Find(type);
        if (count < 0)
        {
            return MpiError.Count;
        }

        if (layout == null || !layout->IsCommitted)
        {
            return MpiError.Type;
        }

        if ((long)count * layout->Size > int.MaxValue)
        {
            return MpiError.Count;
        }

        // A type with absolute addresses begins at 0 (MPI_BOTTOM).
        return buffer == null && count > 0 && layout->Size > 0 && TypeTable.IsBasic(type) ? MpiError.Buffer : MpiError.Success;
    }

    /// <summary>The core of a rank; what is no rank stays as it is.</summary>
    private static int CoreOf(CommSlot* comm, int rank) => rank >= 0 ? comm->Cores[rank] : rank;
}

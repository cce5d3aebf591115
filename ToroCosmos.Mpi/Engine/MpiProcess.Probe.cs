using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Looking at messages before they are received (MPI 4.1, 3.8).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Probe: waits until a message that fits has come, and leaves it there.</summary>
    public MpiError Probe(int source, int tag, MpiComm comm, MpiStatus* status)
    {
        bool flag;
        return Look(source, tag, comm, &flag, null, status, true);
    }

    /// <summary>MPI_Iprobe.</summary>
    public MpiError Iprobe(int source, int tag, MpiComm comm, bool* flag, MpiStatus* status) =>
        Look(source, tag, comm, flag, null, status, false);

    /// <summary>MPI_Mprobe: waits until a message that fits has come, and takes it for <see cref="Mrecv"/>.</summary>
    public MpiError Mprobe(int source, int tag, MpiComm comm, MpiMessage* message, MpiStatus* status)
    {
        bool flag;
        return Look(source, tag, comm, &flag, message, status, true);
    }

    /// <summary>MPI_Improbe.</summary>
    public MpiError Improbe(int source, int tag, MpiComm comm, bool* flag, MpiMessage* message, MpiStatus* status) =>
        Look(source, tag, comm, flag, message, status, false);

    /// <summary>MPI_Mrecv.</summary>
    public MpiError Mrecv(byte* buffer, int count, MpiDatatype type, MpiMessage* message, MpiStatus* status)
    {
        MpiRequest request;
        MpiError error = Imrecv(buffer, count, type, message, &request);
        return error == MpiError.Success ? Wait(&request, status) : error;
    }

    /// <summary>MPI_Imrecv.</summary>
    public MpiError Imrecv(byte* buffer, int count, MpiDatatype type, MpiMessage* message, MpiRequest* request)
    {
        *request = MpiRequest.Null;
        MpiError error = _messages.Failure != MpiError.Success ? _messages.Failure : CheckBuffer(buffer, count, type, out _);
        TypeSlot* layout = _types.Find(type);
        UnexpectedSlot* kept = _messages.Arrived.FindTaken(*message);
        if (error == MpiError.Success && kept == null && *message != MpiMessage.NoProc)
        {
            error = MpiError.Request;
        }

        if (error != MpiError.Success)
        {
            return Raise(MpiComm.World, error);
        }

        CommSlot* comm = kept == null ? _comms.World : _comms.FindContext(kept->Header.Context);
        RequestSlot* slot = _messages.NewTransfer(
            RequestKind.Receive, buffer, count, layout, kept == null ? MpiConstants.ProcNull : kept->Core, 0, comm, comm->Context);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.NoMem);
        }

        slot->HasHandle = true;
        *request = _messages.Requests.HandleOf(slot);
        *message = MpiMessage.Null;
        if (kept == null)
        {
            return _messages.Start(slot);
        }

        kept->IsTaken = false;
        _messages.DeliverKept(slot, kept);
        return MpiError.Success;
    }

    private MpiError Look(int source, int tag, MpiComm comm, bool* flag, MpiMessage* message, MpiStatus* status, bool waits)
    {
        *flag = false;
        MpiError error = CheckTransfer(null, 0, MpiDatatype.Byte, source, tag, comm, true, out CommSlot* place, out _);
        if (error != MpiError.Success)
        {
            return Raise(comm, error);
        }

        if (source == MpiConstants.ProcNull)
        {
            *flag = true;
            TellEmpty(status);
            if (status != null)
            {
                status->Source = MpiConstants.ProcNull;
            }

            if (message != null)
            {
                *message = MpiMessage.NoProc;
            }

            return MpiError.Success;
        }

        int core = CoreOf(place, source);
        while (true)
        {
            UnexpectedSlot* kept = _messages.Arrived.Find(place->Context, core, tag, out int previous);
            if (kept != null)
            {
                *flag = true;
                Tell(kept, place, status);
                if (message != null)
                {
                    *message = _messages.Arrived.TakeFor(kept, previous);
                }

                return MpiError.Success;
            }

            if (_messages.Failure != MpiError.Success || (core >= 0 && _messages.IsGone(core)))
            {
                return Raise(comm, _messages.Failure != MpiError.Success ? _messages.Failure : MpiError.ProcAborted);
            }

            if (!_messages.Progress())
            {
                error = waits ? _messages.Idle(null) : MpiError.Success;
                if (error != MpiError.Success || !waits)
                {
                    return Raise(comm, error);
                }
            }
        }
    }

    private static void Tell(UnexpectedSlot* kept, CommSlot* comm, MpiStatus* status)
    {
        if (status != null)
        {
            status->Source = comm->Ranks[kept->Core];
            status->Tag = kept->Header.Tag;
            status->Bytes = kept->Header.Length;
            status->Cancelled = 0;
        }
    }
}

using System.Runtime.CompilerServices;
using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>
/// Error handlers (MPI 4.1, 9.3). Until it is set otherwise, that of a communicator returns the error; a face for C sets the
/// standard's, which ends the world.
/// </content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Comm_create_errhandler.</summary>
    /// <param name="function">Is given the communicator and the error class.</param>
    public MpiError CommCreateErrhandler(delegate*<MpiComm*, int*, void> function, MpiErrhandler* handler)
    {
        *handler = _errhandlers.Create((nint)function);
        return Raise(MpiComm.World, *handler == MpiErrhandler.Null ? MpiError.NoMem : MpiError.Success);
    }

    /// <summary>MPI_Comm_set_errhandler.</summary>
    public MpiError CommSetErrhandler(MpiComm comm, MpiErrhandler handler)
    {
        CommSlot* place = _comms.Find(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        if (handler is not (MpiErrhandler.ErrorsReturn or MpiErrhandler.ErrorsAreFatal or MpiErrhandler.ErrorsAbort)
            && _errhandlers.FunctionOf(handler) == 0)
        {
            return Raise(comm, MpiError.Errhandler);
        }

        place->Errhandler = handler;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_get_errhandler.</summary>
    public MpiError CommGetErrhandler(MpiComm comm, MpiErrhandler* handler)
    {
        CommSlot* place = _comms.Find(comm);
        *handler = place == null ? MpiErrhandler.Null : place->Errhandler;
        return Raise(comm, place == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>MPI_Errhandler_free. Communicators that have it keep it.</summary>
    public MpiError ErrhandlerFree(MpiErrhandler* handler)
    {
        if (_errhandlers.FunctionOf(*handler) == 0)
        {
            return Raise(MpiComm.World, MpiError.Errhandler);
        }

        if (!_comms.HasErrhandler(*handler))
        {
            _errhandlers.Free(*handler);
        }

        *handler = MpiErrhandler.Null;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_call_errhandler.</summary>
    public MpiError CommCallErrhandler(MpiComm comm, MpiError error)
    {
        _ = Raise(comm, error);
        return _comms.Find(comm) == null ? MpiError.Comm : MpiError.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MpiError Raise(MpiComm comm, MpiError error) => error == MpiError.Success ? error : Report(comm, error);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private MpiError Report(MpiComm comm, MpiError error)
    {
        CommSlot* place = _comms.Find(comm);
        MpiErrhandler handler = (place == null ? _comms.World : place)->Errhandler;
        if (handler == MpiErrhandler.ErrorsReturn)
        {
            return error;
        }

        nint function = _errhandlers.FunctionOf(handler);
        if (function != 0)
        {
            MpiComm handle = place == null ? MpiComm.World : comm;
            int code = (int)error;
            ((delegate*<MpiComm*, int*, void>)function)(&handle, &code);
        }
        else if (!IsAborted)
        {
            _ = Abort(MpiComm.World, (int)error);
        }

        return error;
    }
}

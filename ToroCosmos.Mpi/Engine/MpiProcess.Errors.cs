using System.Runtime.CompilerServices;
using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>
/// Error handlers (MPI 4.1, 9.3). Until it is set otherwise, that of a communicator returns the error; a face for C sets the
/// standard's, which ends the world.
/// </content>
public sealed unsafe partial class MpiProcess
{
    private const int ErrhandlerCount = 64;

    private nint* _errhandlers;

    /// <summary>MPI_Comm_create_errhandler.</summary>
    /// <param name="function">Is given the communicator and the error class.</param>
    public MpiError CommCreateErrhandler(delegate*<MpiComm*, int*, void> function, MpiErrhandler* handler)
    {
        *handler = MpiErrhandler.Null;
        for (int i = 0; i < ErrhandlerCount; i++)
        {
            if (_errhandlers[i] == 0)
            {
                _errhandlers[i] = (nint)function;
                *handler = (MpiErrhandler)(Handles.First + i);
                return MpiError.Success;
            }
        }

        return Raise(MpiComm.World, MpiError.NoMem);
    }

    /// <summary>MPI_Comm_set_errhandler.</summary>
    public MpiError CommSetErrhandler(MpiComm comm, MpiErrhandler handler)
    {
        CommSlot* place = FindComm(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        if (handler is not (MpiErrhandler.ErrorsReturn or MpiErrhandler.ErrorsAreFatal or MpiErrhandler.ErrorsAbort)
            && FunctionOf(handler) == 0)
        {
            return Raise(comm, MpiError.Errhandler);
        }

        place->Errhandler = handler;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_get_errhandler.</summary>
    public MpiError CommGetErrhandler(MpiComm comm, MpiErrhandler* handler)
    {
        CommSlot* place = FindComm(comm);
        *handler = place == null ? MpiErrhandler.Null : place->Errhandler;
        return Raise(comm, place == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>MPI_Errhandler_free. Communicators that have it keep it.</summary>
    public MpiError ErrhandlerFree(MpiErrhandler* handler)
    {
        if (FunctionOf(*handler) == 0)
        {
            return Raise(MpiComm.World, MpiError.Errhandler);
        }

        for (int i = 0; i < _commCount; i++)
        {
            if (_comms[i].References != 0 && _comms[i].Errhandler == *handler)
            {
                *handler = MpiErrhandler.Null;
                return MpiError.Success;
            }
        }

        _errhandlers[(int)*handler - Handles.First] = 0;
        *handler = MpiErrhandler.Null;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_call_errhandler.</summary>
    public MpiError CommCallErrhandler(MpiComm comm, MpiError error)
    {
        _ = Raise(comm, error);
        return FindComm(comm) == null ? MpiError.Comm : MpiError.Success;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MpiError Raise(MpiComm comm, MpiError error) => error == MpiError.Success ? error : Report(comm, error);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private MpiError Report(MpiComm comm, MpiError error)
    {
        CommSlot* place = FindComm(comm);
        MpiErrhandler handler = (place == null ? _comms : place)->Errhandler;
        if (handler == MpiErrhandler.ErrorsReturn)
        {
            return error;
        }

        nint function = FunctionOf(handler);
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

    private nint FunctionOf(MpiErrhandler handler)
    {
        int index = (int)handler - Handles.First;
        return (uint)index < ErrhandlerCount ? _errhandlers[index] : 0;
    }
}

using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>The error handlers that a process has made: functions.</summary>
internal sealed unsafe class ErrhandlerTable
{
    /// <summary>How many there can be.</summary>
    public const int Capacity = 64;

    private readonly nint* _functions;

    public ErrhandlerTable(nint* functions)
    {
        _functions = functions;
        for (int i = 0; i < Capacity; i++)
        {
            functions[i] = 0;
        }
    }

    /// <summary>Makes a handler; Null when there is no place.</summary>
    public MpiErrhandler Create(nint function)
    {
        for (int i = 0; i < Capacity; i++)
        {
            if (_functions[i] == 0)
            {
                _functions[i] = function;
                return (MpiErrhandler)(Handles.First + i);
            }
        }

        return MpiErrhandler.Null;
    }

    /// <summary>The function of a handler; 0 when there is none.</summary>
    public nint FunctionOf(MpiErrhandler handler)
    {
        int index = (int)handler - Handles.First;
        return (uint)index < Capacity ? _functions[index] : 0;
    }

    /// <summary>Frees a handler that was made.</summary>
    public void Free(MpiErrhandler handler) => _functions[(int)handler - Handles.First] = 0;
}

using System.Buffers;
using ToroCosmos.Mpi.Engine;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi;

/// <summary>
/// An operation that was begun, to be waited for. It holds the memory where it is until then; of a copy, only the first that
/// is waited for may be used.
/// </summary>
public unsafe struct Request
{
    private readonly MpiProcess? _process;
    private MpiRequest _request;
    private MemoryHandle _memory;

    internal Request(MpiProcess process, MpiRequest request, MemoryHandle memory)
    {
        _process = process;
        _request = request;
        _memory = memory;
    }

    /// <summary>Whether there is nothing to wait for.</summary>
    public readonly bool IsNull => _request is MpiRequest.Null or 0;

    /// <summary>Waits until the operation has ended.</summary>
    /// <exception cref="MpiException">The operation failed.</exception>
    public Status Wait()
    {
        MpiStatus status = MpiStatus.Empty;
        if (_process == null)
        {
            return new Status(status);
        }

        MpiRequest request = _request;
        MpiError error = _process.Wait(&request, &status);
        End(request);
        Communicator.Check(error, nameof(Wait));
        return new Status(status);
    }

    /// <summary>Whether the operation has ended; then as <see cref="Wait"/>.</summary>
    /// <exception cref="MpiException">The operation failed.</exception>
    public bool Test(out Status status)
    {
        MpiStatus answer = MpiStatus.Empty;
        bool flag = true;
        if (_process != null)
        {
            MpiRequest request = _request;
            MpiError error = _process.Test(&request, &flag, &answer);
            if (flag || error != MpiError.Success)
            {
                End(request);
            }

            Communicator.Check(error, nameof(Test));
        }

        status = new Status(answer);
        return flag;
    }

    private void End(MpiRequest request)
    {
        _request = request;
        _memory.Dispose();
        _memory = default;
    }
}

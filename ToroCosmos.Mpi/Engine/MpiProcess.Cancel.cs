using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Cancelling (MPI 4.1, 3.8.4): either the operation ends as if it had not begun, or it ends as usual.</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Cancel: the request still has to be waited for, whose status says whether it was cancelled.</summary>
    public MpiError Cancel(MpiRequest* request)
    {
        RequestSlot* slot = _messages.Requests.Find(*request);
        if (slot == null || slot->Kind == RequestKind.Collective)
        {
            return Raise(MpiComm.World, MpiError.Request);
        }

        if (slot->State != RequestState.Active || slot->IsCancelling)
        {
            return MpiError.Success;
        }

        return Raise(MpiComm.World, _messages.Cancel(slot));
    }

    /// <summary>MPI_Test_cancelled.</summary>
    public static bool TestCancelled(MpiStatus* status) => status->Cancelled != 0;
}

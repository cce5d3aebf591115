using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>The ends of operations: waiting for them and testing (MPI 4.1, 3.7.3 to 3.7.5).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Wait: waits until an operation has ended. Its request is freed, or inactive again if it is persistent.</summary>
    public MpiError Wait(MpiRequest* request, MpiStatus* status)
    {
        RequestSlot* slot = FindActive(*request, status, out MpiError error);
        if (slot == null)
        {
            return Raise(MpiComm.World, error);
        }

        error = _messages.Await(slot);
        return Raise(MpiComm.World, error == MpiError.Success ? Finish(slot, request, status) : error);
    }

    /// <summary>MPI_Test: whether an operation has ended; if it has, as <see cref="Wait"/>.</summary>
    public MpiError Test(MpiRequest* request, bool* flag, MpiStatus* status)
    {
        *flag = false;
        RequestSlot* slot = FindActive(*request, status, out MpiError error);
        if (slot == null)
        {
            *flag = error == MpiError.Success;
            return Raise(MpiComm.World, error);
        }

        MoveOnce(slot);
        if (slot->State == RequestState.Active)
        {
            return MpiError.Success;
        }

        *flag = true;
        return Raise(MpiComm.World, Finish(slot, request, status));
    }

    /// <summary>MPI_Waitall. With <see cref="MpiError.InStatus"/> each status has its own error.</summary>
    public MpiError Waitall(int count, MpiRequest* requests, MpiStatus* statuses)
    {
        MpiError result = CheckRequests(count, requests);
        if (result != MpiError.Success)
        {
            return Raise(MpiComm.World, result);
        }

        for (int i = 0; i < count; i++)
        {
            MpiStatus* status = statuses == null ? null : statuses + i;
            RequestSlot* slot = FindActive(requests[i], status, out MpiError error);
            if (slot != null)
            {
                error = _messages.Await(slot);
                error = error == MpiError.Success ? Finish(slot, requests + i, status) : error;
            }

            SetError(status, error);
            result = error == MpiError.Success ? result : MpiError.InStatus;
        }

        return Raise(MpiComm.World, result);
    }

    /// <summary>MPI_Testall: whether all operations have ended; if they have, as <see cref="Waitall"/>.</summary>
    public MpiError Testall(int count, MpiRequest* requests, bool* flag, MpiStatus* statuses)
    {
        *flag = false;
        MpiError error = CheckRequests(count, requests);
        if (error != MpiError.Success)
        {
            return Raise(MpiComm.World, error);
        }

        MoveOnce(null);
        for (int i = 0; i < count; i++)
        {
            RequestSlot* slot = requests[i] == MpiRequest.Null ? null : _messages.Requests.Find(requests[i]);
            if (slot != null && slot->State == RequestState.Active)
            {
                return MpiError.Success;
            }
        }

        *flag = true;
        return Waitall(count, requests, statuses);
    }

    /// <summary>MPI_Waitany: waits until one of several operations has ended.</summary>
    /// <param name="index">Which; Undefined when none is active.</param>
    public MpiError Waitany(int count, MpiRequest* requests, int* index, MpiStatus* status) =>
        Any(count, requests, index, status, true);

    /// <summary>MPI_Testany.</summary>
    /// <param name="flag">Whether one has ended, or none is active.</param>
    public MpiError Testany(int count, MpiRequest* requests, int* index, bool* flag, MpiStatus* status)
    {
        bool isNoneActive = !HasActive(count, requests);
        MpiError error = Any(count, requests, index, status, false);
        *flag = isNoneActive || *index != MpiConstants.Undefined;
        return error;
    }

    /// <summary>MPI_Waitsome: waits until at least one of several operations has ended, and ends all that have.</summary>
    /// <param name="outCount">How many; Undefined when none is active.</param>
    public MpiError Waitsome(int count, MpiRequest* requests, int* outCount, int* indices, MpiStatus* statuses) =>
        Some(count, requests, outCount, indices, statuses, true);

    /// <summary>MPI_Testsome.</summary>
    public MpiError Testsome(int count, MpiRequest* requests, int* outCount, int* indices, MpiStatus* statuses) =>
        Some(count, requests, outCount, indices, statuses, false);

    /// <summary>MPI_Request_get_status: as <see cref="Test"/>, but the request stays.</summary>
    public MpiError RequestGetStatus(MpiRequest request, bool* flag, MpiStatus* status)
    {
        RequestSlot* slot = FindActive(request, status, out MpiError error);
        if (slot == null)
        {
            *flag = error == MpiError.Success;
            return Raise(MpiComm.World, error);
        }

        MoveOnce(slot);
        *flag = slot->State == RequestState.Complete;
        if (*flag)
        {
            MessageEngine.TellStatus(slot, status);
        }

        return MpiError.Success;
    }

    /// <summary>MPI_Request_free: the operation goes on, and nobody will ask for its end.</summary>
    public MpiError RequestFree(MpiRequest* request)
    {
        RequestSlot* slot = _messages.Requests.Find(*request);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.Request);
        }

        _messages.Abandon(slot);
        *request = MpiRequest.Null;
        return MpiError.Success;
    }

    private MpiError Any(int count, MpiRequest* requests, int* index, MpiStatus* status, bool waits)
    {
        *index = MpiConstants.Undefined;
        MpiError error = CheckRequests(count, requests);
        if (error != MpiError.Success)
        {
            return Raise(MpiComm.World, error);
        }

        while (true)
        {
            bool hasMoved = _messages.Progress();
            bool hasActive = false;
            for (int i = 0; i < count; i++)
            {
                RequestSlot* slot = requests[i] == MpiRequest.Null ? null : _messages.Requests.Find(requests[i]);
                if (slot != null && slot->State == RequestState.Complete)
                {
                    *index = i;
                    return Raise(MpiComm.World, Finish(slot, requests + i, status));
                }

                hasActive |= slot != null && slot->State == RequestState.Active;
            }

            if (!hasActive)
            {
                TellEmpty(status);
                return MpiError.Success;
            }

            if (!hasMoved && !waits)
            {
                return MpiError.Success;
            }

            error = hasMoved ? MpiError.Success : _messages.Idle(null);
            if (error != MpiError.Success)
            {
                return Raise(MpiComm.World, error);
            }
        }
    }

    private MpiError Some(int count, MpiRequest* requests, int* outCount, int* indices, MpiStatus* statuses, bool waits)
    {
        *outCount = MpiConstants.Undefined;
        MpiError error = CheckRequests(count, requests);
        if (error != MpiError.Success)
        {
            return Raise(MpiComm.World, error);
        }

        if (!HasActive(count, requests))
        {
            return MpiError.Success;
        }

        while (true)
        {
            bool hasMoved = _messages.Progress();
            int ended = 0;
            MpiError result = MpiError.Success;
            for (int i = 0; i < count; i++)
            {
                RequestSlot* slot = requests[i] == MpiRequest.Null ? null : _messages.Requests.Find(requests[i]);
                if (slot != null && slot->State == RequestState.Complete)
                {
                    MpiStatus* status = statuses == null ? null : statuses + ended;
                    error = Finish(slot, requests + i, status);
                    SetError(status, error);
                    result = error == MpiError.Success ? result : MpiError.InStatus;
                    indices[ended++] = i;
                }
            }

            if (ended > 0 || (!waits && !hasMoved))
            {
                *outCount = ended;
                return Raise(MpiComm.World, result);
            }

            error = hasMoved ? MpiError.Success : _messages.Idle(null);
            if (error != MpiError.Success)
            {
                return Raise(MpiComm.World, error);
            }
        }
    }

    /// <summary>Moves what can be moved, until a request has ended or nothing can.</summary>
    private void MoveOnce(RequestSlot* slot)
    {
        while ((slot == null || slot->State == RequestState.Active) && _messages.Progress())
        {
        }
    }

    /// <summary>A request that is active or has ended; null when there is nothing to wait for, or no such request.</summary>
    private RequestSlot* FindActive(MpiRequest request, MpiStatus* status, out MpiError error)
    {
        error = MpiError.Success;
        if (request == MpiRequest.Null)
        {
            TellEmpty(status);
            return null;
        }

        RequestSlot* slot = _messages.Requests.Find(request);
        if (slot == null)
        {
            error = MpiError.Request;
            return null;
        }

        if (slot->State == RequestState.Inactive)
        {
            TellEmpty(status);
            return null;
        }

        return slot;
    }

    private bool HasActive(int count, MpiRequest* requests)
    {
        for (int i = 0; i < count; i++)
        {
            RequestSlot* slot = requests[i] == MpiRequest.Null ? null : _messages.Requests.Find(requests[i]);
            if (slot != null && slot->State is RequestState.Active or RequestState.Complete)
            {
                return true;
            }
        }

        return false;
    }

    private MpiError CheckRequests(int count, MpiRequest* requests)
    {
        if (count < 0)
        {
            return MpiError.Count;
        }

        for (int i = 0; i < count; i++)
        {
            if (requests[i] != MpiRequest.Null && _messages.Requests.Find(requests[i]) == null)
            {
                return MpiError.Request;
            }
        }

        return MpiError.Success;
    }

    /// <summary>Tells how an operation ended, and frees its request.</summary>
    private MpiError Finish(RequestSlot* slot, MpiRequest* request, MpiStatus* status)
    {
        MpiError error = slot->Error;
        MessageEngine.TellStatus(slot, status);
        if (slot->IsPersistent)
        {
            slot->State = RequestState.Inactive;
            slot->IsCancelled = false;
            slot->IsCancelling = false;
        }
        else
        {
            _messages.Release(slot);
            *request = MpiRequest.Null;
        }

        return error;
    }

    private static void TellEmpty(MpiStatus* status)
    {
        if (status != null)
        {
            status->Source = MpiConstants.AnySource;
            status->Tag = MpiConstants.AnyTag;
            status->Error = (int)MpiError.Success;
            status->Bytes = 0;
            status->Cancelled = 0;
        }
    }

    private static void SetError(MpiStatus* status, MpiError error)
    {
        if (status != null)
        {
            status->Error = (int)error;
        }
    }
}

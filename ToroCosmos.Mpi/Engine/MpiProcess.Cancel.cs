using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Cancelling (MPI 4.1, 3.8.4): either the operation ends as if it had not begun, or it ends as usual.</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Cancel: the request still has to be waited for, whose status says whether it was cancelled.</summary>
    public MpiError Cancel(MpiRequest* request)
    {
        RequestSlot* slot = FindRequest(*request);
        if (slot == null || slot->Kind == RequestKind.Collective)
        {
            return Raise(MpiComm.World, MpiError.Request);
        }

        if (slot->State != RequestState.Active || slot->IsCancelling)
        {
            return MpiError.Success;
        }

        switch (slot->Phase)
        {
            case RequestPhase.Posted:
                _ = TryUnlink(ref _posted, slot);
                EndCancelled(slot);
                return MpiError.Success;
            case RequestPhase.SendEager or RequestPhase.SendAnnounce:
                _ = TryUnlink(ref _pending, slot);
                _pendingTo[slot->Core]--;
                EndCancelled(slot);
                return MpiError.Success;
            case RequestPhase.AwaitSelf:
                if (TakeOwnArrived(slot))
                {
                    EndCancelled(slot);
                }

                return MpiError.Success;
            case RequestPhase.AwaitDone or RequestPhase.AwaitReady:
                return Raise(MpiComm.World, AskBack(slot));
            default:
                return MpiError.Success;
        }
    }

    /// <summary>MPI_Test_cancelled.</summary>
    public static bool TestCancelled(MpiStatus* status) => status->Cancelled != 0;

    private MpiError AskBack(RequestSlot* slot)
    {
        RequestSlot* control = NewRequest(RequestKind.Control);
        if (control == null)
        {
            return MpiError.NoMem;
        }

        slot->IsCancelling = true;
        control->Core = slot->Core;
        control->PeerRequest = IndexOf(slot);
        control->Phase = RequestPhase.SendCancelAsk;
        SendOrQueue(control);
        return MpiError.Success;
    }

    /// <summary>The sender of a message wants it back: it has it if it was not matched.</summary>
    private bool TryAnswerCancel(int core, in PacketHeader header)
    {
        RequestSlot* control = NewRequest(RequestKind.Control);
        if (control == null)
        {
            return false;
        }

        control->Total = 0;
        int previous = Nothing;
        for (int i = _arrived.Head; i != Nothing; i = _unexpected[i].Next)
        {
            UnexpectedSlot* kept = _unexpected + i;
            if (kept->Core == core && kept->Header.Request == header.Request
                && kept->Header.Kind is PacketKind.Announce or PacketKind.EagerSynchronous)
            {
                UnlinkArrived(kept, previous);
                FreeArrived(kept);
                control->Total = 1;
                break;
            }

            previous = i;
        }

        control->Core = core;
        control->PeerRequest = header.Request;
        control->Phase = RequestPhase.SendCancelAnswer;
        SendOrQueue(control);
        return true;
    }

    private void EndCancel(int core, in PacketHeader header)
    {
        if ((uint)header.Request >= (uint)_requestCount)
        {
            return;
        }

        RequestSlot* slot = _requests + header.Request;
        if (slot->State == RequestState.Active && slot->Core == core && slot->IsCancelling && header.Tag != 0
            && slot->Phase is RequestPhase.AwaitDone or RequestPhase.AwaitReady)
        {
            EndCancelled(slot);
        }
    }

    private void EndCancelled(RequestSlot* slot)
    {
        slot->IsCancelled = true;
        Complete(slot, MpiError.Success);
    }

    /// <summary>Takes the announcement of a message of this rank to itself back.</summary>
    private bool TakeOwnArrived(RequestSlot* slot)
    {
        int previous = Nothing;
        for (int i = _arrived.Head; i != Nothing; i = _unexpected[i].Next)
        {
            UnexpectedSlot* kept = _unexpected + i;
            if (kept->Core == _core && kept->Header.Kind == PacketKind.Announce && kept->Header.Request == IndexOf(slot))
            {
                UnlinkArrived(kept, previous);
                FreeArrived(kept);
                return true;
            }

            previous = i;
        }

        return false;
    }
}

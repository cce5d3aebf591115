using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Cancelling (MPI 4.1, 3.8.4): either the operation ends as if it had not begun, or it ends as usual.</content>
internal sealed unsafe partial class MessageEngine
{
    /// <summary>Takes an operation that is active back, if it is not matched: at once, or when the other rank has answered.</summary>
    public MpiError Cancel(RequestSlot* slot)
    {
        switch (slot->Phase)
        {
            case RequestPhase.Posted:
                _ = _requests.TryUnlink(ref _posted, slot);
                EndCancelled(slot);
                return MpiError.Success;
            case RequestPhase.SendEager or RequestPhase.SendAnnounce:
                _ = _requests.TryUnlink(ref _pending, slot);
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
                return AskBack(slot);
            default:
                return MpiError.Success;
        }
    }

    private MpiError AskBack(RequestSlot* slot)
    {
        RequestSlot* control = _requests.New(RequestKind.Control);
        if (control == null)
        {
            return MpiError.NoMem;
        }

        slot->IsCancelling = true;
        control->Core = slot->Core;
        control->PeerRequest = _requests.IndexOf(slot);
        control->Phase = RequestPhase.SendCancelAsk;
        SendOrQueue(control);
        return MpiError.Success;
    }

    /// <summary>The sender of a message wants it back: it has it if it was not matched.</summary>
    private bool TryAnswerCancel(int core, in PacketHeader header)
    {
        RequestSlot* control = _requests.New(RequestKind.Control);
        if (control == null)
        {
            return false;
        }

        control->Total = _arrived.TryTakeBack(core, header.Request) ? 1 : 0;
        control->Core = core;
        control->PeerRequest = header.Request;
        control->Phase = RequestPhase.SendCancelAnswer;
        SendOrQueue(control);
        return true;
    }

    private void EndCancel(int core, in PacketHeader header)
    {
        if ((uint)header.Request >= (uint)_requests.Count)
        {
            return;
        }

        RequestSlot* slot = _requests.At(header.Request);
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
    private bool TakeOwnArrived(RequestSlot* slot) => _arrived.TryTakeBack(_core, _requests.IndexOf(slot));
}

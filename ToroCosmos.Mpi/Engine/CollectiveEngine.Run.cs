using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Schedules;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Running schedules, and what becomes of them when a rank cannot take part.</content>
internal sealed unsafe partial class CollectiveEngine
{
    /// <summary>Goes on with a schedule until it has to wait, or has ended.</summary>
    public void Run(RequestSlot* slot)
    {
        // A message that ends at once must not put a schedule in line that runs.
        slot->IsReady = true;
        RunSteps(slot);
        slot->IsReady = false;
        if (slot->Outstanding == 0 && slot->Step == slot->Steps)
        {
            _messages.Complete(slot, slot->Error);
        }
    }

    private void RunSteps(RequestSlot* slot)
    {
        CommSlot* place = _comms.At(slot->Comm);
        while (true)
        {
            if (slot->Error == MpiError.ProcAborted && !slot->IsTold)
            {
                // Others wait for what this rank cannot pass on.
                TellFailed(place, slot->WantedTag, slot->Error);
                EndAll(place, slot->WantedTag, slot->Error);
            }

            if (slot->Step >= slot->Steps)
            {
                return;
            }

            ScheduleStep* step = (ScheduleStep*)slot->Owned + slot->Step;
            switch (step->Kind)
            {
                case StepKind.Wait:
                    if (slot->Outstanding > 0)
                    {
                        return;
                    }

                    break;
                case StepKind.Copy:
                    TypeSlot* from = step->Type;
                    TypeSlot* to = step->SecondType;
                    int bytes = step->Count * from->Size;
                    int room = step->SecondCount * to->Size;
                    slot->Error = bytes > room && slot->Error == MpiError.Success ? MpiError.Truncate : slot->Error;
                    TypeMover.Copy(from, step->First, to, step->Second, bytes < room ? bytes : room, _messages.Parts, _messages.PartBytes);
                    break;
                case StepKind.Combine:
                    if (step->Count > 0)
                    {
                        _operations.Apply(step->Op, step->Handle, step->First, step->Second, step->Count);
                    }

                    break;
                default:
                    if (!TryBeginPart(slot, place, step))
                    {
                        if (slot->Outstanding > 0)
                        {
                            return;
                        }

                        // SlotList.Nothing will end that could make room.
                        slot->Error = MpiError.NoMem;
                        slot->Step = slot->Steps - 1;
                    }

                    break;
            }

            slot->Step++;
        }
    }

    private bool TryBeginPart(RequestSlot* slot, CommSlot* place, ScheduleStep* step)
    {
        TypeSlot* type = step->Type;
        int core = place->Cores[step->Rank];
        bool isSend = step->Kind == StepKind.Send;
        int context = place->Context + 1;
        if (isSend)
        {
            PacketHeader header = new()
            {
                Kind = PacketKind.Eager,
                Tag = slot->WantedTag,
                Context = (ushort)context,
                Signature = slot->Signature,
            };
            if (_messages.TrySendNow(core, header, type, step->First, step->Count * type->Size))
            {
                return true;
            }
        }

        RequestSlot* part = _messages.NewTransfer(
            isSend ? RequestKind.Send : RequestKind.Receive, step->First, step->Count, type, core, slot->WantedTag, place, context);
        if (part == null)
        {
            return false;
        }

        part->Parent = _requests.IndexOf(slot);
        part->Signature = slot->Signature;
        slot->Outstanding++;
        if (isSend)
        {
            _messages.StartSend(part);
        }
        else
        {
            _messages.StartReceive(part);
        }

        return true;
    }

    /// <summary>A message of a collective operation has ended.</summary>
    public void EndPart(RequestSlot* slot, MpiError error)
    {
        slot->Outstanding--;
        if (error != MpiError.Success && slot->Error == MpiError.Success)
        {
            slot->Error = error;
        }

        bool isBroken = error == MpiError.ProcAborted && !slot->IsTold;
        if ((slot->Outstanding == 0 || isBroken) && slot->State == RequestState.Active && !slot->IsReady)
        {
            slot->IsReady = true;
            _messages.Ready(slot);
        }
    }

    /// <summary>Whether another rank has told that it takes no part in an operation that this one begins now.</summary>
    private static bool TakeFailed(CommSlot* place, int sequence)
    {
        ulong bit = 1UL << (sequence & 63);
        bool hasFailed = (place->FailedAhead & bit) != 0;
        place->FailedAhead &= ~bit;
        return hasFailed;
    }

    private static void NextSequence(CommSlot* place) => place->Sequence = (place->Sequence + 1) & 0xFFFF;

    /// <summary>
    /// A call cannot take part in a collective operation: the other processes are told, so that they do not wait for it.
    /// </summary>
    public MpiError Refuse(CommSlot* place, MpiError error)
    {
        if (_messages.Failure != MpiError.Success)
        {
            return _messages.Failure;
        }

        TellFailed(place, place->Sequence, MpiError.Other);
        _ = TakeFailed(place, place->Sequence);
        NextSequence(place);
        return error;
    }

    /// <summary>Tells the other processes of a communicator that a collective operation cannot be ended.</summary>
    private void TellFailed(CommSlot* place, int sequence, MpiError error)
    {
        for (int rank = 0; rank < place->Size; rank++)
        {
            int core = place->Cores[rank];
            RequestSlot* control = core == _core || _messages.IsGone(core) ? null : _requests.New(RequestKind.Control);
            if (control != null)
            {
                control->Core = core;
                control->Context = (ushort)(place->Context + 1);
                control->WantedTag = sequence;
                control->Total = (int)error;
                control->Phase = RequestPhase.SendFailed;
                _messages.SendOrQueue(control);
            }
        }
    }

    /// <summary>Another process does not take part in a collective operation.</summary>
    public void NoteFailed(in PacketHeader header)
    {
        CommSlot* place = _comms.FindContext(header.Context);
        if (place->Context + 1 != header.Context)
        {
            return;
        }

        MpiError error = header.Length == (int)MpiError.ProcAborted ? MpiError.ProcAborted : MpiError.Other;
        if (((header.Tag - place->Sequence) & 0x8000) == 0)
        {
            // One that this rank has yet to begin.
            place->FailedError = error;
            place->FailedAhead |= 1UL << (header.Tag & 63);
        }

        EndAll(place, header.Tag, error);
    }

    /// <summary>Ends a collective operation that is under way, with its messages.</summary>
    private void EndAll(CommSlot* place, int sequence, MpiError error)
    {
        int comm = _comms.IndexOf(place);
        for (int i = 0; i < _requests.Count; i++)
        {
            RequestSlot* slot = _requests.At(i);
            if (slot->State != RequestState.Active || slot->Comm != comm || slot->WantedTag != sequence)
            {
                continue;
            }

            if (slot->Kind == RequestKind.Collective)
            {
                slot->Error = slot->Error == MpiError.Success ? error : slot->Error;
                slot->Step = slot->Steps;
                slot->IsTold = true;
            }
            else if (slot->Parent != SlotList.Nothing && slot->Context == place->Context + 1 && slot->Phase != RequestPhase.AwaitData)
            {
                _messages.EndEarly(slot, error);
            }
        }
    }
}

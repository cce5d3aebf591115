using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Schedules;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>
/// A collective operation is a schedule: messages to begin, waits for those that were begun, copies, and elements to
/// combine. It is made at once and runs as its messages come, so that the call that waits and the one that does not are the
/// same.
/// </content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>The schedule that is being made.</summary>
    private RequestSlot* _making;

    /// <summary>Begins to make a schedule.</summary>
    /// <param name="place">The communicator.</param>
    /// <param name="kind">Which operation.</param>
    /// <param name="root">With what root; 0 where there is none.</param>
    /// <param name="steps">The most steps that it can have.</param>
    /// <param name="room">Memory for as long as it runs.</param>
    /// <param name="roomBytes">Its length.</param>
    private MpiError Open(CommSlot* place, CollectiveKind kind, int root, int steps, out byte* room, long roomBytes)
    {
        room = null;
        _making = null;
        uint stepBytes = (uint)steps * (uint)sizeof(ScheduleStep);
        RequestSlot* slot = roomBytes > int.MaxValue - stepBytes ? null : NewRequest(RequestKind.Collective);
        if (slot == null)
        {
            return RefuseCollective(place, MpiError.NoMem);
        }

        slot->Owned = _scratch.Allocate(stepBytes + (uint)roomBytes);
        if (slot->Owned == null)
        {
            Release(slot);
            return RefuseCollective(place, MpiError.NoMem);
        }

        slot->Phase = RequestPhase.Running;
        slot->Comm = (int)(place - _comms);
        place->References++;
        slot->WantedTag = place->Sequence;
        slot->Signature = (byte)(((int)kind << 4) | (root & 15));
        slot->Step = 0;
        slot->Steps = 0;
        slot->StatusSource = MpiConstants.Undefined;
        slot->StatusTag = MpiConstants.Undefined;
        slot->StatusBytes = 0;
        NextSequence(place);
        room = slot->Owned + stepBytes;
        _making = slot;
        return MpiError.Success;
    }

    /// <summary>Begins to run the schedule that was made, and waits for its end where no request is asked for.</summary>
    private MpiError Close(MpiRequest* request)
    {
        RequestSlot* slot = _making;
        _making = null;
        if (TakeFailed(_comms + slot->Comm, slot->WantedTag))
        {
            // Another rank has told before this one came.
            slot->Step = slot->Steps;
            slot->Error = _comms[slot->Comm].FailedError;
            slot->IsTold = true;
        }

        Run(slot);
        if (request != null)
        {
            slot->HasHandle = true;
            *request = HandleOf(slot);
            return MpiError.Success;
        }

        return End(slot, Await(slot), null);
    }

    private ScheduleStep* AddStep(StepKind kind)
    {
        ScheduleStep* step = (ScheduleStep*)_making->Owned + _making->Steps++;
        step->Kind = kind;
        return step;
    }

    private void AddSend(int rank, byte* buffer, int count, MpiDatatype type) => AddTransfer(StepKind.Send, rank, buffer, count, type);

    private void AddReceive(int rank, byte* buffer, int count, MpiDatatype type) =>
        AddTransfer(StepKind.Receive, rank, buffer, count, type);

    private void AddTransfer(StepKind kind, int rank, byte* buffer, int count, MpiDatatype type)
    {
        ScheduleStep* step = AddStep(kind);
        step->Rank = rank;
        step->First = buffer;
        step->Count = count;
        step->Type = Keep(type);
    }

    private void AddWait() => AddStep(StepKind.Wait);

    private void AddCopy(byte* from, int count, MpiDatatype type, byte* to, int toCount, MpiDatatype toType)
    {
        ScheduleStep* step = AddStep(StepKind.Copy);
        step->First = from;
        step->Second = to;
        step->Count = count;
        step->Type = Keep(type);
        step->SecondCount = toCount;
        step->SecondType = Keep(toType);
    }

    /// <summary>right = left op right.</summary>
    private void AddCombine(byte* left, byte* right, int count, MpiDatatype type, MpiOp op)
    {
        ScheduleStep* step = AddStep(StepKind.Combine);
        step->First = left;
        step->Second = right;
        step->Count = count;
        step->Handle = type;
        step->Op = op;
    }

    /// <summary>A type, which stays until the schedule has ended, also if it is freed meanwhile.</summary>
    private TypeSlot* Keep(MpiDatatype type)
    {
        TypeSlot* slot = _types.Find(type);
        if (!TypeTable.IsBasic(type))
        {
            TypeTable.Retain(slot);
            _making->KeepsTypes = true;
        }

        return slot;
    }

    /// <summary>Lets go of the types of a schedule that has ended.</summary>
    private void LetGo(RequestSlot* slot)
    {
        for (int i = 0; i < slot->Steps; i++)
        {
            ScheduleStep* step = (ScheduleStep*)slot->Owned + i;
            if (step->Kind is StepKind.Send or StepKind.Receive or StepKind.Copy)
            {
                _types.ReleaseDerived(step->Type);
                if (step->Kind == StepKind.Copy)
                {
                    _types.ReleaseDerived(step->SecondType);
                }
            }
        }
    }

    /// <summary>Goes on with a schedule until it has to wait, or has ended.</summary>
    private void Run(RequestSlot* slot)
    {
        // A message that ends at once must not put a schedule in line that runs.
        slot->IsReady = true;
        RunSteps(slot);
        slot->IsReady = false;
        if (slot->Outstanding == 0 && slot->Step == slot->Steps)
        {
            Complete(slot, slot->Error);
        }
    }

    private void RunSteps(RequestSlot* slot)
    {
        CommSlot* place = _comms + slot->Comm;
        while (true)
        {
            if (slot->Error == MpiError.ProcAborted && !slot->IsTold)
            {
                // Others wait for what this rank cannot pass on.
                TellFailed(place, slot->WantedTag, slot->Error);
                EndCollective(place, slot->WantedTag, slot->Error);
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
                    TypeMover.Copy(from, step->First, to, step->Second, bytes < room ? bytes : room, _parts, _packetBytes);
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

                        // Nothing will end that could make room.
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
        if (isSend && core != _core && _pendingTo[core] == 0 && _gone[core] == 0 && step->Count * type->Size <= _eagerBytes)
        {
            PacketHeader header = new()
            {
                Kind = PacketKind.Eager,
                Tag = slot->WantedTag,
                Context = (ushort)context,
                Signature = slot->Signature,
            };
            if (TrySend(core, header, type, step->First, 0, step->Count * type->Size, false))
            {
                return true;
            }
        }

        RequestSlot* part = NewTransfer(
            isSend ? RequestKind.Send : RequestKind.Receive, step->First, step->Count, type, core, slot->WantedTag, place, context);
        if (part == null)
        {
            return false;
        }

        part->Parent = IndexOf(slot);
        part->Signature = slot->Signature;
        slot->Outstanding++;
        if (isSend)
        {
            StartSend(part);
        }
        else
        {
            StartReceive(part);
        }

        return true;
    }

    /// <summary>A message of a collective operation has ended.</summary>
    private void EndPart(RequestSlot* slot, MpiError error)
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
            Append(ref _running, slot);
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
    private MpiError RefuseCollective(CommSlot* place, MpiError error)
    {
        if (_failure != MpiError.Success)
        {
            return _failure;
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
            RequestSlot* control = core == _core || _gone[core] != 0 ? null : NewRequest(RequestKind.Control);
            if (control != null)
            {
                control->Core = core;
                control->Context = (ushort)(place->Context + 1);
                control->WantedTag = sequence;
                control->Total = (int)error;
                control->Phase = RequestPhase.SendFailed;
                SendOrQueue(control);
            }
        }
    }

    /// <summary>Another process does not take part in a collective operation.</summary>
    private void NoteCollectiveFailed(in PacketHeader header)
    {
        CommSlot* place = FindContext(header.Context);
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

        EndCollective(place, header.Tag, error);
    }

    /// <summary>Ends a collective operation that is under way, with its messages.</summary>
    private void EndCollective(CommSlot* place, int sequence, MpiError error)
    {
        int comm = (int)(place - _comms);
        for (int i = 0; i < _requestCount; i++)
        {
            RequestSlot* slot = _requests + i;
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
            else if (slot->Parent != Nothing && slot->Context == place->Context + 1 && slot->Phase != RequestPhase.AwaitData)
            {
                if (!TryUnlink(ref _posted, slot) && TryUnlink(ref _pending, slot))
                {
                    _pendingTo[slot->Core]--;
                }

                Complete(slot, error);
            }
        }
    }
}

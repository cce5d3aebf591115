using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Reductions;
using ToroCosmos.Mpi.Schedules;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <summary>
/// A collective operation is a schedule: messages to begin, waits for those that were begun, copies, and elements to
/// combine. It is made at once and runs as its messages come, so that the call that waits and the one that does not are the
/// same.
/// </summary>
internal sealed unsafe partial class CollectiveEngine
{
    private readonly MessageEngine _messages;
    private readonly RequestTable _requests;
    private readonly CommTable _comms;
    private readonly TypeTable _types;
    private readonly OperationTable _operations;
    private readonly int _core;
    private ScratchHeap _scratch;

    /// <summary>The schedule that is being made.</summary>
    private RequestSlot* _making;

    public CollectiveEngine(
        MessageEngine messages, CommTable comms, TypeTable types, OperationTable operations, int core, in ScratchHeap scratch)
    {
        _messages = messages;
        _requests = messages.Requests;
        _comms = comms;
        _types = types;
        _operations = operations;
        _core = core;
        _scratch = scratch;
    }

    /// <summary>Begins to make a schedule.</summary>
    /// <param name="place">The communicator.</param>
    /// <param name="kind">Which operation.</param>
    /// <param name="root">With what root; 0 where there is none.</param>
    /// <param name="steps">The most steps that it can have.</param>
    /// <param name="room">Memory for as long as it runs.</param>
    /// <param name="roomBytes">Its length.</param>
    public MpiError Open(CommSlot* place, CollectiveKind kind, int root, int steps, out byte* room, long roomBytes)
    {
        room = null;
        _making = null;
        uint stepBytes = (uint)steps * (uint)sizeof(ScheduleStep);
        RequestSlot* slot = roomBytes > int.MaxValue - stepBytes ? null : _requests.New(RequestKind.Collective);
        if (slot == null)
        {
            return Refuse(place, MpiError.NoMem);
        }

        slot->Owned = _scratch.Allocate(stepBytes + (uint)roomBytes);
        if (slot->Owned == null)
        {
            _messages.Release(slot);
            return Refuse(place, MpiError.NoMem);
        }

        slot->Phase = RequestPhase.Running;
        slot->Comm = _comms.IndexOf(place);
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
    public MpiError Close(MpiRequest* request)
    {
        RequestSlot* slot = _making;
        _making = null;
        if (TakeFailed(_comms.At(slot->Comm), slot->WantedTag))
        {
            // Another rank has told before this one came.
            slot->Step = slot->Steps;
            slot->Error = _comms.At(slot->Comm)->FailedError;
            slot->IsTold = true;
        }

        Run(slot);
        if (request != null)
        {
            slot->HasHandle = true;
            *request = _requests.HandleOf(slot);
            return MpiError.Success;
        }

        return _messages.End(slot, _messages.Await(slot), null);
    }

    private ScheduleStep* AddStep(StepKind kind)
    {
        ScheduleStep* step = (ScheduleStep*)_making->Owned + _making->Steps++;
        step->Kind = kind;
        return step;
    }

    /// <summary>Adds a message to a rank.</summary>
    public void AddSend(int rank, byte* buffer, int count, MpiDatatype type) => AddTransfer(StepKind.Send, rank, buffer, count, type);

    /// <summary>Adds a message from a rank.</summary>
    public void AddReceive(int rank, byte* buffer, int count, MpiDatatype type) =>
        AddTransfer(StepKind.Receive, rank, buffer, count, type);

    private void AddTransfer(StepKind kind, int rank, byte* buffer, int count, MpiDatatype type)
    {
        ScheduleStep* step = AddStep(kind);
        step->Rank = rank;
        step->First = buffer;
        step->Count = count;
        step->Type = Keep(type);
    }

    /// <summary>What follows waits for all that was begun.</summary>
    public void AddWait() => AddStep(StepKind.Wait);

    /// <summary>Adds a copy between two buffers.</summary>
    public void AddCopy(byte* from, int count, MpiDatatype type, byte* to, int toCount, MpiDatatype toType)
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
    public void AddCombine(byte* left, byte* right, int count, MpiDatatype type, MpiOp op)
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
    public void LetGo(RequestSlot* slot)
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
}

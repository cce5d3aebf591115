using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Messages;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Communicators (MPI 4.1, 7.4).</content>
public sealed unsafe partial class MpiProcess
{
    private const int ContextWords = 8;

    /// <summary>MPI_Comm_size.</summary>
    public MpiError CommSize(MpiComm comm, int* size)
    {
        CommSlot* place = _comms.Find(comm);
        *size = place == null ? 0 : place->Size;
        return Raise(comm, place == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>MPI_Comm_rank.</summary>
    public MpiError CommRank(MpiComm comm, int* rank)
    {
        CommSlot* place = _comms.Find(comm);
        *rank = place == null ? MpiConstants.Undefined : place->Rank;
        return Raise(comm, place == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>MPI_Comm_dup: the same processes, apart from the messages of the first; with its attributes and grid.</summary>
    public MpiError CommDup(MpiComm comm, MpiComm* newComm)
    {
        *newComm = MpiComm.Null;
        CommSlot* place = _comms.Find(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        MpiError error = AgreeOnContext(comm, out int context);
        CommSlot* copy = error == MpiError.Success ? _comms.New(context) : null;
        if (copy == null)
        {
            return Raise(comm, error == MpiError.Success ? MpiError.NoMem : error);
        }

        for (int rank = 0; rank < place->Size; rank++)
        {
            _comms.Join(copy, place->Cores[rank]);
        }

        copy->Errhandler = place->Errhandler;
        copy->IsCartesian = place->IsCartesian;
        copy->Dimensions = place->Dimensions;
        for (int i = 0; i < place->Dimensions; i++)
        {
            copy->Places[i] = place->Places[i];
            copy->Periods[i] = place->Periods[i];
        }

        error = _attributes.CopyAll(comm, _comms.IndexOf(place), _comms.IndexOf(copy));
        if (error != MpiError.Success)
        {
            CommTable.Release(copy);
            return Raise(comm, error);
        }

        *newComm = _comms.HandleOf(copy);
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_create: of the processes of a group, which must be a part of the communicator's.</summary>
    /// <param name="newComm">Null for a process that is not in the group.</param>
    public MpiError CommCreate(MpiComm comm, MpiGroup group, MpiComm* newComm)
    {
        *newComm = MpiComm.Null;
        CommSlot* place = _comms.Find(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        if (!_groups.TryFind(group, out GroupSlot members))
        {
            return Raise(comm, MpiError.Group);
        }

        for (int i = 0; i < members.Size; i++)
        {
            if (place->Ranks[members.Cores[i]] < 0)
            {
                return Raise(comm, MpiError.Group);
            }
        }

        MpiError error = AgreeOnContext(comm, out int context);
        if (error != MpiError.Success || GroupTable.RankIn(members, _core) < 0)
        {
            return Raise(comm, error);
        }

        CommSlot* created = _comms.New(context);
        if (created == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        for (int i = 0; i < members.Size; i++)
        {
            _comms.Join(created, members.Cores[i]);
        }

        created->Errhandler = place->Errhandler;
        *newComm = _comms.HandleOf(created);
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_split: one communicator for each colour, in the order of the keys, and of the ranks where these are equal.</summary>
    /// <param name="comm">The communicator.</param>
    /// <param name="color">0 or more; or Undefined for none.</param>
    /// <param name="key">Where this process stands.</param>
    /// <param name="newComm">Null without a colour.</param>
    public MpiError CommSplit(MpiComm comm, int color, int key, MpiComm* newComm)
    {
        *newComm = MpiComm.Null;
        CommSlot* place = _comms.Find(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        if (color < 0 && color != MpiConstants.Undefined)
        {
            return Raise(comm, _collectives.Refuse(place, MpiError.Arg));
        }

        int size = place->Size;
        int* all = (int*)_scratch.Allocate((uint)(2 * size * sizeof(int)));
        if (all == null)
        {
            return Raise(comm, _collectives.Refuse(place, MpiError.NoMem));
        }

        int* own = all + (2 * place->Rank);
        own[0] = color;
        own[1] = key;
        MpiError error = Allgather(MpiConstants.InPlace, 0, MpiDatatype.Null, (byte*)all, 2, MpiDatatype.Int, comm);
        int context = 0;
        error = error == MpiError.Success ? AgreeOnContext(comm, out context) : error;
        CommSlot* made = error == MpiError.Success && color >= 0 ? _comms.New(context) : null;
        if (made != null)
        {
            _comms.JoinInOrder(made, place, all, color);
            made->Errhandler = place->Errhandler;
            *newComm = _comms.HandleOf(made);
        }
        else if (error == MpiError.Success && color >= 0)
        {
            error = MpiError.NoMem;
        }

        ScratchHeap.Free((byte*)all);
        return Raise(comm, error);
    }

    /// <summary>MPI_Comm_free: operations that are under way end as usual.</summary>
    public MpiError CommFree(MpiComm* comm)
    {
        CommSlot* place = _comms.Find(*comm);
        if (place == null || _comms.IsStandard(place))
        {
            return Raise(*comm, MpiError.Comm);
        }

        MpiError error = _attributes.DeleteAll(*comm, _comms.IndexOf(place));
        if (error != MpiError.Success)
        {
            return Raise(*comm, error);
        }

        place->HasHandle = false;
        CommTable.Release(place);
        *comm = MpiComm.Null;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_compare.</summary>
    public MpiError CommCompare(MpiComm one, MpiComm other, MpiComparison* result)
    {
        *result = MpiComparison.Unequal;
        CommSlot* first = _comms.Find(one);
        CommSlot* second = _comms.Find(other);
        if (first == null || second == null)
        {
            return Raise(first == null ? one : other, MpiError.Comm);
        }

        if (first == second)
        {
            *result = MpiComparison.Ident;
            return MpiError.Success;
        }

        *result = CommTable.Compare(first->Cores, first->Size, second->Cores, second->Size);
        *result = *result == MpiComparison.Ident ? MpiComparison.Congruent : *result;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_test_inter: no communicator is one between two groups.</summary>
    public MpiError CommTestInter(MpiComm comm, bool* flag)
    {
        *flag = false;
        return Raise(comm, _comms.Find(comm) == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>Finds the smallest number of a context that no process of a communicator uses.</summary>
    private MpiError AgreeOnContext(MpiComm comm, out int context)
    {
        uint* free = (uint*)_scratch.Allocate(ContextWords * sizeof(uint));
        context = 0;
        if (free == null)
        {
            return MpiError.NoMem;
        }

        for (int i = 0; i < ContextWords; i++)
        {
            free[i] = uint.MaxValue;
        }

        _comms.TakeUsedContexts(free, ContextWords);
        MpiError error = Allreduce(
            MpiConstants.InPlace, (byte*)free, ContextWords, MpiDatatype.UInt32, MpiOp.BitwiseAnd, comm);
        context = SlotList.Nothing;
        for (int i = 0; i < 32 * ContextWords && context == SlotList.Nothing; i++)
        {
            if ((free[i >> 5] & (1u << (i & 31))) != 0)
            {
                context = i;
            }
        }

        ScratchHeap.Free((byte*)free);
        return error != MpiError.Success ? error : context == SlotList.Nothing ? MpiError.NoMem : MpiError.Success;
    }
}

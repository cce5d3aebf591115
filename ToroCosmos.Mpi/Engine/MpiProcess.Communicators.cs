using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Communicators (MPI 4.1, 7.4).</content>
public sealed unsafe partial class MpiProcess
{
    private const int ContextWords = 8;
    private const int WorldIndex = 0;
    private const int SelfIndex = 1;

    private CommSlot* _comms;
    private int _commCount;

    /// <summary>MPI_Comm_size.</summary>
    public MpiError CommSize(MpiComm comm, int* size)
    {
        CommSlot* place = FindComm(comm);
        *size = place == null ? 0 : place->Size;
        return Raise(comm, place == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>MPI_Comm_rank.</summary>
    public MpiError CommRank(MpiComm comm, int* rank)
    {
        CommSlot* place = FindComm(comm);
        *rank = place == null ? MpiConstants.Undefined : place->Rank;
        return Raise(comm, place == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>MPI_Comm_dup: the same processes, apart from the messages of the first; with its attributes and grid.</summary>
    public MpiError CommDup(MpiComm comm, MpiComm* newComm)
    {
        *newComm = MpiComm.Null;
        CommSlot* place = FindComm(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        MpiError error = AgreeOnContext(comm, out int context);
        CommSlot* copy = error == MpiError.Success ? NewComm(context) : null;
        if (copy == null)
        {
            return Raise(comm, error == MpiError.Success ? MpiError.NoMem : error);
        }

        for (int rank = 0; rank < place->Size; rank++)
        {
            Join(copy, place->Cores[rank]);
        }

        copy->Errhandler = place->Errhandler;
        copy->IsCartesian = place->IsCartesian;
        copy->Dimensions = place->Dimensions;
        for (int i = 0; i < place->Dimensions; i++)
        {
            copy->Places[i] = place->Places[i];
            copy->Periods[i] = place->Periods[i];
        }

        error = CopyAttributes(comm, place, copy);
        if (error != MpiError.Success)
        {
            ReleaseComm(copy);
            return Raise(comm, error);
        }

        *newComm = HandleOf(copy);
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_create: of the processes of a group, which must be a part of the communicator's.</summary>
    /// <param name="newComm">Null for a process that is not in the group.</param>
    public MpiError CommCreate(MpiComm comm, MpiGroup group, MpiComm* newComm)
    {
        *newComm = MpiComm.Null;
        CommSlot* place = FindComm(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        if (!TryFindGroup(group, out GroupSlot members))
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
        if (error != MpiError.Success || RankIn(members, _core) < 0)
        {
            return Raise(comm, error);
        }

        CommSlot* created = NewComm(context);
        if (created == null)
        {
            return Raise(comm, MpiError.NoMem);
        }

        for (int i = 0; i < members.Size; i++)
        {
            Join(created, members.Cores[i]);
        }

        created->Errhandler = place->Errhandler;
        *newComm = HandleOf(created);
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
        CommSlot* place = FindComm(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        if (color < 0 && color != MpiConstants.Undefined)
        {
            return Raise(comm, RefuseCollective(place, MpiError.Arg));
        }

        int size = place->Size;
        int* all = (int*)_scratch.Allocate((uint)(2 * size * sizeof(int)));
        if (all == null)
        {
            return Raise(comm, RefuseCollective(place, MpiError.NoMem));
        }

        int* own = all + (2 * place->Rank);
        own[0] = color;
        own[1] = key;
        MpiError error = Allgather(MpiConstants.InPlace, 0, MpiDatatype.Null, (byte*)all, 2, MpiDatatype.Int, comm);
        int context = 0;
        error = error == MpiError.Success ? AgreeOnContext(comm, out context) : error;
        CommSlot* made = error == MpiError.Success && color >= 0 ? NewComm(context) : null;
        if (made != null)
        {
            JoinInOrder(made, place, all, color);
            made->Errhandler = place->Errhandler;
            *newComm = HandleOf(made);
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
        CommSlot* place = FindComm(*comm);
        if (place == null || place - _comms <= SelfIndex)
        {
            return Raise(*comm, MpiError.Comm);
        }

        MpiError error = DeleteAttributes(*comm, place);
        if (error != MpiError.Success)
        {
            return Raise(*comm, error);
        }

        place->HasHandle = false;
        ReleaseComm(place);
        *comm = MpiComm.Null;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_compare.</summary>
    public MpiError CommCompare(MpiComm one, MpiComm other, MpiComparison* result)
    {
        *result = MpiComparison.Unequal;
        CommSlot* first = FindComm(one);
        CommSlot* second = FindComm(other);
        if (first == null || second == null)
        {
            return Raise(first == null ? one : other, MpiError.Comm);
        }

        if (first == second)
        {
            *result = MpiComparison.Ident;
            return MpiError.Success;
        }

        *result = Compare(first->Cores, first->Size, second->Cores, second->Size);
        *result = *result == MpiComparison.Ident ? MpiComparison.Congruent : *result;
        return MpiError.Success;
    }

    /// <summary>MPI_Comm_test_inter: no communicator is one between two groups.</summary>
    public MpiError CommTestInter(MpiComm comm, bool* flag)
    {
        *flag = false;
        return Raise(comm, FindComm(comm) == null ? MpiError.Comm : MpiError.Success);
    }

    /// <summary>A communicator by its handle; null when there is none.</summary>
    private CommSlot* FindComm(MpiComm comm)
    {
        int index = comm == MpiComm.World ? WorldIndex : comm == MpiComm.Self ? SelfIndex : (int)comm - Handles.First;
        return (uint)index < (uint)_commCount && _comms[index].HasHandle ? _comms + index : null;
    }

    private void InitializeCommunicators(in ProcessMemory memory, MpiOptions options)
    {
        _comms = memory.Comms;
        _commCount = options.Communicators;
        int words = (2 * _size) + (2 * ProcessMemory.MaximumDimensions);
        for (int i = 0; i < _commCount; i++)
        {
            _comms[i] = default;
            _comms[i].Cores = memory.CommRanks + (i * words);
            _comms[i].Ranks = _comms[i].Cores + _size;
            _comms[i].Places = _comms[i].Ranks + _size;
            _comms[i].Periods = _comms[i].Places + ProcessMemory.MaximumDimensions;
        }

        CommSlot* world = NewComm(WorldIndex);
        for (int core = 0; core < _size; core++)
        {
            Join(world, core);
        }

        Join(NewComm(SelfIndex), _core);
        InitializeGroups(memory, options);
        InitializeAttributes(memory);
        _errhandlers = memory.Errhandlers;
        for (int i = 0; i < ErrhandlerCount; i++)
        {
            _errhandlers[i] = 0;
        }
    }

    /// <summary>A communicator with nobody in it; null when there is no place.</summary>
    /// <param name="context">The number that all its processes have agreed on.</param>
    private CommSlot* NewComm(int context)
    {
        for (int i = 0; i < _commCount; i++)
        {
            CommSlot* slot = _comms + i;
            if (slot->References == 0)
            {
                slot->References = 1;
                slot->HasHandle = true;
                slot->Context = (ushort)(2 * context);
                slot->Size = 0;
                slot->Rank = MpiConstants.Undefined;
                slot->Sequence = 0;
                slot->FailedAhead = 0;
                slot->Errhandler = MpiErrhandler.ErrorsReturn;
                slot->IsCartesian = false;
                slot->Dimensions = 0;
                for (int core = 0; core < _size; core++)
                {
                    slot->Ranks[core] = MpiConstants.Undefined;
                }

                return slot;
            }
        }

        return null;
    }

    private void Join(CommSlot* comm, int core)
    {
        comm->Ranks[core] = comm->Size;
        comm->Rank = core == _core ? comm->Size : comm->Rank;
        comm->Cores[comm->Size++] = core;
    }

    private static void ReleaseComm(CommSlot* comm) => comm->References--;

    private MpiComm HandleOf(CommSlot* comm)
    {
        int index = (int)(comm - _comms);
        return index == WorldIndex ? MpiComm.World : index == SelfIndex ? MpiComm.Self : (MpiComm)(Handles.First + index);
    }

    /// <summary>The communicator whose messages have a context.</summary>
    private CommSlot* FindContext(int context)
    {
        for (int i = 0; i < _commCount; i++)
        {
            if (_comms[i].References != 0 && _comms[i].Context == (context & ~1))
            {
                return _comms + i;
            }
        }

        return _comms;
    }

    private int CountCommunicators()
    {
        int count = 0;
        for (int i = SelfIndex + 1; i < _commCount; i++)
        {
            count += _comms[i].HasHandle ? 1 : 0;
        }

        return count;
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

        bool hasPlace = false;
        for (int i = 0; i < _commCount; i++)
        {
            if (_comms[i].References != 0)
            {
                int used = _comms[i].Context >> 1;
                free[used >> 5] &= ~(1u << (used & 31));
            }
            else
            {
                hasPlace = true;
            }
        }

        for (int i = 0; i < ContextWords && !hasPlace; i++)
        {
            free[i] = 0;
        }

        MpiError error = Allreduce(
            MpiConstants.InPlace, (byte*)free, ContextWords, MpiDatatype.UInt32, MpiOp.BitwiseAnd, comm);
        context = Nothing;
        for (int i = 0; i < 32 * ContextWords && context == Nothing; i++)
        {
            if ((free[i >> 5] & (1u << (i & 31))) != 0)
            {
                context = i;
            }
        }

        ScratchHeap.Free((byte*)free);
        return error != MpiError.Success ? error : context == Nothing ? MpiError.NoMem : MpiError.Success;
    }

    private void JoinInOrder(CommSlot* made, CommSlot* place, int* all, int color)
    {
        // The next in order, again and again: processes are few.
        int lastKey = int.MinValue;
        int lastRank = Nothing;
        while (true)
        {
            int best = Nothing;
            for (int rank = 0; rank < place->Size; rank++)
            {
                int key = all[(2 * rank) + 1];
                bool isLater = key > lastKey || (key == lastKey && rank > lastRank);
                if (all[2 * rank] == color && isLater && (best == Nothing || key < all[(2 * best) + 1]))
                {
                    best = rank;
                }
            }

            if (best == Nothing)
            {
                return;
            }

            Join(made, place->Cores[best]);
            lastKey = all[(2 * best) + 1];
            lastRank = best;
        }
    }

    private static MpiComparison Compare(int* one, int oneSize, int* other, int otherSize)
    {
        if (oneSize != otherSize)
        {
            return MpiComparison.Unequal;
        }

        bool isSame = true;
        for (int i = 0; i < oneSize; i++)
        {
            isSame &= one[i] == other[i];
            bool isThere = false;
            for (int j = 0; j < otherSize; j++)
            {
                isThere |= one[i] == other[j];
            }

            if (!isThere)
            {
                return MpiComparison.Unequal;
            }
        }

        return isSame ? MpiComparison.Ident : MpiComparison.Similar;
    }
}

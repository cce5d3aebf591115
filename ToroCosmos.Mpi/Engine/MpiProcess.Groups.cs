using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Groups (MPI 4.1, 7.3). They are made and asked without a message.</content>
public sealed unsafe partial class MpiProcess
{
    private GroupSlot* _groups;
    private int _groupCount;

    /// <summary>MPI_Comm_group.</summary>
    public MpiError CommGroup(MpiComm comm, MpiGroup* group)
    {
        *group = MpiGroup.Null;
        CommSlot* place = FindComm(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        GroupSlot* made = NewGroup(group);
        for (int i = 0; made != null && i < place->Size; i++)
        {
            made->Cores[made->Size++] = place->Cores[i];
        }

        return Raise(comm, made == null ? MpiError.NoMem : MpiError.Success);
    }

    /// <summary>MPI_Group_size.</summary>
    public MpiError GroupSize(MpiGroup group, int* size)
    {
        bool isThere = TryFindGroup(group, out GroupSlot slot);
        *size = slot.Size;
        return Raise(MpiComm.World, isThere ? MpiError.Success : MpiError.Group);
    }

    /// <summary>MPI_Group_rank: this process' rank; Undefined when it is not in the group.</summary>
    public MpiError GroupRank(MpiGroup group, int* rank)
    {
        bool isThere = TryFindGroup(group, out GroupSlot slot);
        *rank = isThere ? RankIn(slot, _core) : MpiConstants.Undefined;
        return Raise(MpiComm.World, isThere ? MpiError.Success : MpiError.Group);
    }

    /// <summary>MPI_Group_translate_ranks: which ranks those of one group have in another one, or Undefined.</summary>
    public MpiError GroupTranslateRanks(MpiGroup one, int count, int* ranks, MpiGroup other, int* translated)
    {
        if (!TryFindGroup(one, out GroupSlot from) || !TryFindGroup(other, out GroupSlot to))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        if (count < 0)
        {
            return Raise(MpiComm.World, MpiError.Arg);
        }

        for (int i = 0; i < count; i++)
        {
            if ((uint)ranks[i] >= (uint)from.Size && ranks[i] != MpiConstants.ProcNull)
            {
                return Raise(MpiComm.World, MpiError.Rank);
            }

            translated[i] = ranks[i] == MpiConstants.ProcNull ? ranks[i] : RankIn(to, from.Cores[ranks[i]]);
        }

        return MpiError.Success;
    }

    /// <summary>MPI_Group_compare: Ident, Similar for another order, or Unequal.</summary>
    public MpiError GroupCompare(MpiGroup one, MpiGroup other, MpiComparison* result)
    {
        *result = MpiComparison.Unequal;
        if (!TryFindGroup(one, out GroupSlot first) || !TryFindGroup(other, out GroupSlot second))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        *result = Compare(first.Cores, first.Size, second.Cores, second.Size);
        return MpiError.Success;
    }

    /// <summary>MPI_Group_union: those of the first, then those of the second that are not in it.</summary>
    public MpiError GroupUnion(MpiGroup one, MpiGroup other, MpiGroup* made) => Combine(one, other, made, true, false, true);

    /// <summary>MPI_Group_intersection: those of the first that are in the second.</summary>
    public MpiError GroupIntersection(MpiGroup one, MpiGroup other, MpiGroup* made) => Combine(one, other, made, false, true, false);

    /// <summary>MPI_Group_difference: those of the first that are not in the second.</summary>
    public MpiError GroupDifference(MpiGroup one, MpiGroup other, MpiGroup* made) => Combine(one, other, made, false, false, false);

    /// <summary>MPI_Group_incl: these ranks, in this order.</summary>
    public MpiError GroupIncl(MpiGroup group, int count, int* ranks, MpiGroup* made)
    {
        MpiError error = CheckRanks(group, count, ranks, out GroupSlot from);
        GroupSlot* slot = error == MpiError.Success ? NewGroup(made) : null;
        if (slot == null)
        {
            *made = MpiGroup.Null;
            return Raise(MpiComm.World, error == MpiError.Success ? MpiError.NoMem : error);
        }

        for (int i = 0; i < count; i++)
        {
            slot->Cores[slot->Size++] = from.Cores[ranks[i]];
        }

        Settle(made, slot);
        return MpiError.Success;
    }

    /// <summary>MPI_Group_excl: all but these ranks.</summary>
    public MpiError GroupExcl(MpiGroup group, int count, int* ranks, MpiGroup* made)
    {
        MpiError error = CheckRanks(group, count, ranks, out GroupSlot from);
        GroupSlot* slot = error == MpiError.Success ? NewGroup(made) : null;
        if (slot == null)
        {
            *made = MpiGroup.Null;
            return Raise(MpiComm.World, error == MpiError.Success ? MpiError.NoMem : error);
        }

        for (int rank = 0; rank < from.Size; rank++)
        {
            bool isLeftOut = false;
            for (int i = 0; i < count; i++)
            {
                isLeftOut |= ranks[i] == rank;
            }

            if (!isLeftOut)
            {
                slot->Cores[slot->Size++] = from.Cores[rank];
            }
        }

        Settle(made, slot);
        return MpiError.Success;
    }

    /// <summary>MPI_Group_range_incl: ranges of first rank, last rank and stride, three numbers each.</summary>
    public MpiError GroupRangeIncl(MpiGroup group, int count, int* ranges, MpiGroup* made) => OfRanges(group, count, ranges, made, true);

    /// <summary>MPI_Group_range_excl.</summary>
    public MpiError GroupRangeExcl(MpiGroup group, int count, int* ranges, MpiGroup* made) => OfRanges(group, count, ranges, made, false);

    /// <summary>MPI_Group_free.</summary>
    public MpiError GroupFree(MpiGroup* group)
    {
        if (*group == MpiGroup.Empty)
        {
            *group = MpiGroup.Null;
            return MpiError.Success;
        }

        if (!TryFindGroup(*group, out _))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        _groups[(int)*group - Handles.First].IsUsed = false;
        *group = MpiGroup.Null;
        return MpiError.Success;
    }

    private void InitializeGroups(in ProcessMemory memory, MpiOptions options)
    {
        _groups = memory.Groups;
        _groupCount = options.Groups;
        for (int i = 0; i < _groupCount; i++)
        {
            _groups[i] = new GroupSlot { Cores = memory.GroupCores + (i * _size) };
        }
    }

    private int CountGroups()
    {
        int count = 0;
        for (int i = 0; i < _groupCount; i++)
        {
            count += _groups[i].IsUsed ? 1 : 0;
        }

        return count;
    }

    private bool TryFindGroup(MpiGroup group, out GroupSlot slot)
    {
        slot = default;
        if (group == MpiGroup.Empty)
        {
            return true;
        }

        int index = (int)group - Handles.First;
        if ((uint)index >= (uint)_groupCount || !_groups[index].IsUsed)
        {
            return false;
        }

        slot = _groups[index];
        return true;
    }

    private GroupSlot* NewGroup(MpiGroup* handle)
    {
        *handle = MpiGroup.Null;
        for (int i = 0; i < _groupCount; i++)
        {
            if (!_groups[i].IsUsed)
            {
                _groups[i].IsUsed = true;
                _groups[i].Size = 0;
                *handle = (MpiGroup)(Handles.First + i);
                return _groups + i;
            }
        }

        return null;
    }

    /// <summary>A group with nobody in it is the standard's own.</summary>
    private static void Settle(MpiGroup* handle, GroupSlot* slot)
    {
        if (slot->Size == 0)
        {
            slot->IsUsed = false;
            *handle = MpiGroup.Empty;
        }
    }

    private static int RankIn(in GroupSlot group, int core)
    {
        for (int i = 0; i < group.Size; i++)
        {
            if (group.Cores[i] == core)
            {
                return i;
            }
        }

        return MpiConstants.Undefined;
    }

    private MpiError Combine(MpiGroup one, MpiGroup other, MpiGroup* made, bool takesAll, bool wanted, bool addsSecond)
    {
        *made = MpiGroup.Null;
        if (!TryFindGroup(one, out GroupSlot first) || !TryFindGroup(other, out GroupSlot second))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        GroupSlot* slot = NewGroup(made);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.NoMem);
        }

        for (int i = 0; i < first.Size; i++)
        {
            if (takesAll || RankIn(second, first.Cores[i]) >= 0 == wanted)
            {
                slot->Cores[slot->Size++] = first.Cores[i];
            }
        }

        for (int i = 0; addsSecond && i < second.Size; i++)
        {
            if (RankIn(first, second.Cores[i]) < 0)
            {
                slot->Cores[slot->Size++] = second.Cores[i];
            }
        }

        Settle(made, slot);
        return MpiError.Success;
    }

    private MpiError CheckRanks(MpiGroup group, int count, int* ranks, out GroupSlot from)
    {
        if (!TryFindGroup(group, out from))
        {
            return MpiError.Group;
        }

        if (count < 0 || count > from.Size)
        {
            return count < 0 ? MpiError.Arg : MpiError.Rank;
        }

        for (int i = 0; i < count; i++)
        {
            bool isTwice = false;
            for (int j = 0; j < i; j++)
            {
                isTwice |= ranks[i] == ranks[j];
            }

            if ((uint)ranks[i] >= (uint)from.Size || isTwice)
            {
                return MpiError.Rank;
            }
        }

        return MpiError.Success;
    }

    private MpiError OfRanges(MpiGroup group, int count, int* ranges, MpiGroup* made, bool includes)
    {
        *made = MpiGroup.Null;
        if (!TryFindGroup(group, out GroupSlot from))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        int* ranks = (int*)_scratch.Allocate((uint)((from.Size + 1) * sizeof(int)));
        if (ranks == null)
        {
            return Raise(MpiComm.World, MpiError.NoMem);
        }

        int length = 0;
        MpiError error = count < 0 ? MpiError.Arg : MpiError.Success;
        for (int i = 0; i < count && error == MpiError.Success; i++)
        {
            int stride = ranges[(3 * i) + 2];
            error = stride == 0 ? MpiError.Arg : MpiError.Success;
            int last = ranges[(3 * i) + 1];
            for (int rank = ranges[3 * i]; error == MpiError.Success && (stride > 0 ? rank <= last : rank >= last); rank += stride)
            {
                if (length == from.Size || (uint)rank >= (uint)from.Size)
                {
                    error = MpiError.Rank;
                }
                else
                {
                    ranks[length++] = rank;
                }
            }
        }

        error = error != MpiError.Success ? Raise(MpiComm.World, error)
            : includes ? GroupIncl(group, length, ranks, made)
            : GroupExcl(group, length, ranks, made);
        ScratchHeap.Free((byte*)ranks);
        return error;
    }
}

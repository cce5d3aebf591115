using ToroCosmos.Mpi.Communicators;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Groups (MPI 4.1, 7.3). They are made and asked without a message.</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Comm_group.</summary>
    public MpiError CommGroup(MpiComm comm, MpiGroup* group)
    {
        *group = MpiGroup.Null;
        CommSlot* place = _comms.Find(comm);
        if (place == null)
        {
            return Raise(comm, MpiError.Comm);
        }

        GroupSlot* made = _groups.New(group);
        for (int i = 0; made != null && i < place->Size; i++)
        {
            made->Cores[made->Size++] = place->Cores[i];
        }

        return Raise(comm, made == null ? MpiError.NoMem : MpiError.Success);
    }

    /// <summary>MPI_Group_size.</summary>
    public MpiError GroupSize(MpiGroup group, int* size)
    {
        bool isThere = _groups.TryFind(group, out GroupSlot slot);
        *size = slot.Size;
        return Raise(MpiComm.World, isThere ? MpiError.Success : MpiError.Group);
    }

    /// <summary>MPI_Group_rank: this process' rank; Undefined when it is not in the group.</summary>
    public MpiError GroupRank(MpiGroup group, int* rank)
    {
        bool isThere = _groups.TryFind(group, out GroupSlot slot);
        *rank = isThere ? GroupTable.RankIn(slot, _core) : MpiConstants.Undefined;
        return Raise(MpiComm.World, isThere ? MpiError.Success : MpiError.Group);
    }

    /// <summary>MPI_Group_translate_ranks: which ranks those of one group have in another one, or Undefined.</summary>
    public MpiError GroupTranslateRanks(MpiGroup one, int count, int* ranks, MpiGroup other, int* translated)
    {
        if (!_groups.TryFind(one, out GroupSlot from) || !_groups.TryFind(other, out GroupSlot to))
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

            translated[i] = ranks[i] == MpiConstants.ProcNull ? ranks[i] : GroupTable.RankIn(to, from.Cores[ranks[i]]);
        }

        return MpiError.Success;
    }

    /// <summary>MPI_Group_compare: Ident, Similar for another order, or Unequal.</summary>
    public MpiError GroupCompare(MpiGroup one, MpiGroup other, MpiComparison* result)
    {
        *result = MpiComparison.Unequal;
        if (!_groups.TryFind(one, out GroupSlot first) || !_groups.TryFind(other, out GroupSlot second))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        *result = CommTable.Compare(first.Cores, first.Size, second.Cores, second.Size);
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
        GroupSlot* slot = error == MpiError.Success ? _groups.New(made) : null;
        if (slot == null)
        {
            *made = MpiGroup.Null;
            return Raise(MpiComm.World, error == MpiError.Success ? MpiError.NoMem : error);
        }

        for (int i = 0; i < count; i++)
        {
            slot->Cores[slot->Size++] = from.Cores[ranks[i]];
        }

        GroupTable.Settle(made, slot);
        return MpiError.Success;
    }

    /// <summary>MPI_Group_excl: all but these ranks.</summary>
    public MpiError GroupExcl(MpiGroup group, int count, int* ranks, MpiGroup* made)
    {
        MpiError error = CheckRanks(group, count, ranks, out GroupSlot from);
        GroupSlot* slot = error == MpiError.Success ? _groups.New(made) : null;
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

        GroupTable.Settle(made, slot);
        return MpiError.Success;
    }

    /// <summary>MPI_Group_range_incl: ranges of first rank, last rank and stride, three numbers each.</summary>
    public MpiError GroupRangeIncl(MpiGroup group, int count, int* ranges, MpiGroup* made) => OfRanges(group, count, ranges, made, true);

    /// <summary>MPI_Group_range_excl.</summary>
    public MpiError GroupRangeExcl(MpiGroup group, int count, int* ranges, MpiGroup* made) => OfRanges(group, count, ranges, made, false);

    /// <summary>MPI_Group_free.</summary>
    public MpiError GroupFree(MpiGroup* group)
    {
        if (!_groups.Free(*group))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        *group = MpiGroup.Null;
        return MpiError.Success;
    }

    private MpiError Combine(MpiGroup one, MpiGroup other, MpiGroup* made, bool takesAll, bool wanted, bool addsSecond)
    {
        *made = MpiGroup.Null;
        if (!_groups.TryFind(one, out GroupSlot first) || !_groups.TryFind(other, out GroupSlot second))
        {
            return Raise(MpiComm.World, MpiError.Group);
        }

        GroupSlot* slot = _groups.New(made);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.NoMem);
        }

        for (int i = 0; i < first.Size; i++)
        {
            if (takesAll || GroupTable.RankIn(second, first.Cores[i]) >= 0 == wanted)
            {
                slot->Cores[slot->Size++] = first.Cores[i];
            }
        }

        for (int i = 0; addsSecond && i < second.Size; i++)
        {
            if (GroupTable.RankIn(first, second.Cores[i]) < 0)
            {
                slot->Cores[slot->Size++] = second.Cores[i];
            }
        }

        GroupTable.Settle(made, slot);
        return MpiError.Success;
    }

    private MpiError CheckRanks(MpiGroup group, int count, int* ranks, out GroupSlot from)
    {
        if (!_groups.TryFind(group, out from))
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
        if (!_groups.TryFind(group, out GroupSlot from))
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

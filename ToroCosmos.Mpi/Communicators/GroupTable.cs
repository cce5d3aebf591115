using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>The groups of a process.</summary>
internal sealed unsafe class GroupTable
{
    private readonly GroupSlot* _slots;
    private readonly int _count;

    /// <param name="slots">Places.</param>
    /// <param name="count">How many.</param>
    /// <param name="cores">Memory for the cores of each.</param>
    /// <param name="ranks">How many processes there are.</param>
    public GroupTable(GroupSlot* slots, int count, int* cores, int ranks)
    {
        _slots = slots;
        _count = count;
        for (int i = 0; i < count; i++)
        {
            slots[i] = new GroupSlot { Cores = cores + (i * ranks) };
        }
    }

    /// <summary>How many groups are made and not freed.</summary>
    public int Used
    {
        get
        {
            int used = 0;
            for (int i = 0; i < _count; i++)
            {
                used += _slots[i].IsUsed ? 1 : 0;
            }

            return used;
        }
    }

    /// <summary>Frees a group.</summary>
    /// <returns>False when there is none.</returns>
    public bool Free(MpiGroup group)
    {
        if (group == MpiGroup.Empty)
        {
            return true;
        }

        if (!TryFind(group, out _))
        {
            return false;
        }

        _slots[(int)group - Handles.First].IsUsed = false;
        return true;
    }

    /// <summary>A group by its handle.</summary>
    public bool TryFind(MpiGroup group, out GroupSlot slot)
    {
        slot = default;
        if (group == MpiGroup.Empty)
        {
            return true;
        }

        int index = (int)group - Handles.First;
        if ((uint)index >= (uint)_count || !_slots[index].IsUsed)
        {
            return false;
        }

        slot = _slots[index];
        return true;
    }

    /// <summary>A group with nobody in it; null when there is no place.</summary>
    public GroupSlot* New(MpiGroup* handle)
    {
        *handle = MpiGroup.Null;
        for (int i = 0; i < _count; i++)
        {
            if (!_slots[i].IsUsed)
            {
                _slots[i].IsUsed = true;
                _slots[i].Size = 0;
                *handle = (MpiGroup)(Handles.First + i);
                return _slots + i;
            }
        }

        return null;
    }

    /// <summary>A group with nobody in it is the standard's own.</summary>
    public static void Settle(MpiGroup* handle, GroupSlot* slot)
    {
        if (slot->Size == 0)
        {
            slot->IsUsed = false;
            *handle = MpiGroup.Empty;
        }
    }

    /// <summary>The rank of a core; Undefined when it is not in the group.</summary>
    public static int RankIn(in GroupSlot group, int core)
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
}

using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Communicators;

/// <summary>The communicators of a process.</summary>
internal sealed unsafe class CommTable
{
    private const int WorldIndex = 0;
    private const int SelfIndex = 1;

    private readonly CommSlot* _slots;
    private readonly int _count;
    private readonly int _size;
    private readonly int _core;

    /// <summary>Makes the standard's two communicators.</summary>
    /// <param name="slots">Places.</param>
    /// <param name="count">How many.</param>
    /// <param name="numbers">Memory for what belongs to each.</param>
    /// <param name="ranks">How many processes there are.</param>
    /// <param name="core">The core of this one.</param>
    public CommTable(CommSlot* slots, int count, int* numbers, int ranks, int core)
    {
        _slots = slots;
        _count = count;
        _size = ranks;
        _core = core;
        for (int i = 0; i < count; i++)
        {
            slots[i] = default;
            slots[i].Cores = numbers + (i * NumbersFor(ranks));
            slots[i].Ranks = slots[i].Cores + ranks;
            slots[i].Places = slots[i].Ranks + ranks;
            slots[i].Periods = slots[i].Places + Grid.MaximumDimensions;
        }

        CommSlot* world = New(WorldIndex);
        for (int each = 0; each < ranks; each++)
        {
            Join(world, each);
        }

        Join(New(SelfIndex), core);
    }

    /// <summary>The communicator of all processes.</summary>
    public CommSlot* World => _slots;

    /// <summary>How many there are besides the standard's.</summary>
    public int Made
    {
        get
        {
            int made = 0;
            for (int i = SelfIndex + 1; i < _count; i++)
            {
                made += _slots[i].HasHandle ? 1 : 0;
            }

            return made;
        }
    }

    /// <summary>How many numbers belong to a communicator.</summary>
    public static int NumbersFor(int ranks) => (2 * ranks) + (2 * Grid.MaximumDimensions);

    /// <summary>A communicator by its place.</summary>
    public CommSlot* At(int index) => _slots + index;

    /// <summary>The place of a communicator.</summary>
    public int IndexOf(CommSlot* comm) => (int)(comm - _slots);

    /// <summary>Whether it is one of the standard's two, which are not freed.</summary>
    public bool IsStandard(CommSlot* comm) => IndexOf(comm) <= SelfIndex;

    /// <summary>Whether some communicator has an error handler.</summary>
    public bool HasErrhandler(MpiErrhandler handler)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_slots[i].References != 0 && _slots[i].Errhandler == handler)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the numbers of contexts that are in use out of those that are free, and all if there is no place.</summary>
    /// <param name="free">A bit for each number.</param>
    /// <param name="words">How many words of them.</param>
    public void TakeUsedContexts(uint* free, int words)
    {
        bool hasPlace = false;
        for (int i = 0; i < _count; i++)
        {
            if (_slots[i].References != 0)
            {
                int used = _slots[i].Context >> 1;
                free[used >> 5] &= ~(1u << (used & 31));
            }
            else
            {
                hasPlace = true;
            }
        }

        for (int i = 0; i < words && !hasPlace; i++)
        {
            free[i] = 0;
        }
    }

    /// <summary>A communicator by its handle; null when there is none.</summary>
    public CommSlot* Find(MpiComm comm)
    {
        int index = comm == MpiComm.World ? WorldIndex : comm == MpiComm.Self ? SelfIndex : (int)comm - Handles.First;
        return (uint)index < (uint)_count && _slots[index].HasHandle ? _slots + index : null;
    }

    /// <summary>A communicator with nobody in it; null when there is no place.</summary>
    /// <param name="context">The number that all its processes have agreed on.</param>
    public CommSlot* New(int context)
    {
        for (int i = 0; i < _count; i++)
        {
            CommSlot* slot = _slots + i;
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

    /// <summary>Puts a process at the end.</summary>
    public void Join(CommSlot* comm, int core)
    {
        comm->Ranks[core] = comm->Size;
        comm->Rank = core == _core ? comm->Size : comm->Rank;
        comm->Cores[comm->Size++] = core;
    }

    /// <summary>Ends one use of a communicator.</summary>
    public static void Release(CommSlot* comm) => comm->References--;

    /// <summary>Its handle.</summary>
    public MpiComm HandleOf(CommSlot* comm)
    {
        int index = (int)(comm - _slots);
        return index == WorldIndex ? MpiComm.World : index == SelfIndex ? MpiComm.Self : (MpiComm)(Handles.First + index);
    }

    /// <summary>The communicator whose messages have a context.</summary>
    public CommSlot* FindContext(int context)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_slots[i].References != 0 && _slots[i].Context == (context & ~1))
            {
                return _slots + i;
            }
        }

        return _slots;
    }

    /// <summary>Puts those of a colour into a communicator, in the order of their keys.</summary>
    /// <param name="all">By rank, colour and key.</param>
    public void JoinInOrder(CommSlot* made, CommSlot* place, int* all, int color)
    {
        // The next in order, again and again: processes are few.
        int lastKey = int.MinValue;
        int lastRank = MpiConstants.Undefined;
        while (true)
        {
            int best = MpiConstants.Undefined;
            for (int rank = 0; rank < place->Size; rank++)
            {
                int key = all[(2 * rank) + 1];
                bool isLater = key > lastKey || (key == lastKey && rank > lastRank);
                if (all[2 * rank] == color && isLater && (best == MpiConstants.Undefined || key < all[(2 * best) + 1]))
                {
                    best = rank;
                }
            }

            if (best == MpiConstants.Undefined)
            {
                return;
            }

            Join(made, place->Cores[best]);
            lastKey = all[(2 * best) + 1];
            lastRank = best;
        }
    }

    /// <summary>Compares two lists of cores.</summary>
    public static MpiComparison Compare(int* one, int oneSize, int* other, int otherSize)
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

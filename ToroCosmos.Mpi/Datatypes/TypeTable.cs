using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Datatypes;

/// <summary>The datatypes of a process.</summary>
internal sealed unsafe class TypeTable
{
    private readonly TypeSlot* _basic;
    private readonly TypeSlot* _derived;
    private readonly int _capacity;
    private ScratchHeap _runs;

    /// <param name="slots">Places for <see cref="BasicTypes.Count"/> basic types and for those that are made.</param>
    /// <param name="capacity">How many can be made.</param>
    /// <param name="runs">Memory for their runs.</param>
    /// <param name="runBytes">Its length.</param>
    public TypeTable(TypeSlot* slots, int capacity, byte* runs, uint runBytes)
    {
        _basic = slots;
        _derived = slots + BasicTypes.Count;
        _capacity = capacity;
        _runs.Initialize(runs, runBytes);
        for (int i = 0; i < BasicTypes.Count + capacity; i++)
        {
            slots[i] = default;
        }

        for (int i = 0; i < BasicTypes.Count; i++)
        {
            MpiDatatype type = (MpiDatatype)(BasicTypes.First + i);
            if (BasicTypes.SizeOf(type) != 0)
            {
                Describe(_basic + i, type);
            }
        }
    }

    /// <summary>How many types are made and not freed.</summary>
    public int Used
    {
        get
        {
            int used = 0;
            for (int i = 0; i < _capacity; i++)
            {
                used += _derived[i].HasHandle ? 1 : 0;
            }

            return used;
        }
    }

    /// <summary>A type by its handle; null when there is none.</summary>
    public TypeSlot* Find(MpiDatatype type)
    {
        int index = (int)type - BasicTypes.First;
        if ((uint)index < BasicTypes.Count)
        {
            return _basic[index].References != 0 ? _basic + index : null;
        }

        index = (int)type - Handles.First;
        return (uint)index < (uint)_capacity && _derived[index].HasHandle ? _derived + index : null;
    }

    /// <summary>A new type, of which nothing is known yet; null when there is no place.</summary>
    public TypeSlot* Create(int runs, out MpiDatatype handle)
    {
        handle = MpiDatatype.Null;
        for (int i = 0; i < _capacity; i++)
        {
            TypeSlot* slot = _derived + i;
            if (slot->References == 0)
            {
                byte* memory = _runs.Allocate((uint)runs * (uint)sizeof(TypeRun));
                if (memory == null)
                {
                    return null;
                }

                *slot = default;
                slot->Runs = (TypeRun*)memory;
                slot->References = 1;
                slot->HasHandle = true;
                slot->Basic = MpiDatatype.Null;
                handle = (MpiDatatype)(Handles.First + i);
                return slot;
            }
        }

        return null;
    }

    /// <summary>Gives a handle up; the type stays as long as operations use it.</summary>
    public static void Free(TypeSlot* slot)
    {
        slot->HasHandle = false;
        Release(slot);
    }

    /// <summary>Notes that an operation uses a type until <see cref="Release"/>.</summary>
    public static void Retain(TypeSlot* slot) => slot->References++;

    /// <summary>Ends one use of a type.</summary>
    public static void Release(TypeSlot* slot)
    {
        slot->References--;
        if (slot->References == 0)
        {
            ScratchHeap.Free((byte*)slot->Runs);
        }
    }

    /// <summary>Ends one use of a type, unless it is one of the standard, whose uses are not counted.</summary>
    public void ReleaseDerived(TypeSlot* slot)
    {
        if (slot >= _derived)
        {
            Release(slot);
        }
    }

    /// <summary>Whether a type is one of the standard.</summary>
    public static bool IsBasic(MpiDatatype type) => (uint)((int)type - BasicTypes.First) < BasicTypes.Count;

    private void Describe(TypeSlot* slot, MpiDatatype type)
    {
        NumberKind kind = BasicTypes.KindOf(type);
        bool hasGap = kind == NumberKind.ShortInt;
        slot->Runs = (TypeRun*)_runs.Allocate((hasGap ? 2u : 1u) * (uint)sizeof(TypeRun));
        slot->References = 1;
        slot->HasHandle = true;
        slot->IsCommitted = true;
        slot->Basic = type;
        slot->BasicElements = 1;
        slot->Size = BasicTypes.SizeOf(type);
        slot->Extent = BasicTypes.ExtentOf(type);
        slot->TrueExtent = hasGap ? slot->Extent : slot->Size;
        slot->Alignment = BasicTypes.AlignmentOf(type);
        slot->IsDense = slot->Extent == slot->Size;
        RunBuilder builder = new(slot->Runs);
        builder.Add(new TypeRun { Bytes = hasGap ? sizeof(short) : slot->Size, Blocks = 1 });
        if (hasGap)
        {
            builder.Add(new TypeRun { Offset = sizeof(int), Bytes = sizeof(int), Blocks = 1 });
        }

        slot->RunCount = builder.Count;
    }
}

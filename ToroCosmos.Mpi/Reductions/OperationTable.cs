using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Memory;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Reductions;

/// <summary>The operations of a process.</summary>
internal sealed unsafe class OperationTable
{
    private readonly UserOperation* _made;
    private readonly int _capacity;

    public OperationTable(UserOperation* places, int capacity)
    {
        _made = places;
        _capacity = capacity;
        for (int i = 0; i < capacity; i++)
        {
            places[i] = default;
        }
    }

    /// <summary>How many operations are made and not freed.</summary>
    public int Used
    {
        get
        {
            int used = 0;
            for (int i = 0; i < _capacity; i++)
            {
                used += _made[i].Function != null ? 1 : 0;
            }

            return used;
        }
    }

    /// <summary>Makes an operation; Null when there is no place.</summary>
    public MpiOp Create(delegate*<byte*, byte*, int*, MpiDatatype*, void> function, bool isCommutative)
    {
        for (int i = 0; i < _capacity; i++)
        {
            if (_made[i].Function == null)
            {
                _made[i].Function = function;
                _made[i].IsCommutative = isCommutative;
                return (MpiOp)(Handles.First + i);
            }
        }

        return MpiOp.Null;
    }

    /// <summary>Frees an operation that was made.</summary>
    /// <returns>False when there is none.</returns>
    public bool Free(MpiOp op)
    {
        UserOperation* made = Find(op);
        if (made == null)
        {
            return false;
        }

        made->Function = null;
        return true;
    }

    /// <summary>Whether the operands may change places.</summary>
    public bool IsCommutative(MpiOp op)
    {
        UserOperation* made = Find(op);
        return made == null || made->IsCommutative;
    }

    /// <summary>Whether an operation is for a type.</summary>
    public MpiError Check(MpiOp op, MpiDatatype type)
    {
        if (Find(op) != null)
        {
            return MpiError.Success;
        }

        if (op is MpiOp.Replace or MpiOp.NoOp)
        {
            // For one-sided communication alone (MPI 4.1, 6.9.2).
            return MpiError.Op;
        }

        return !IsKnown(op) || !TypeTable.IsBasic(type) || !TryCombine(op, BasicTypes.KindOf(type), null, null, 0)
            ? MpiError.Op
            : MpiError.Success;
    }

    /// <summary>Combines elements: right = left op right. The operation is for the type, as <see cref="Check"/> says.</summary>
    public void Apply(MpiOp op, MpiDatatype type, byte* left, byte* right, int count)
    {
        UserOperation* made = Find(op);
        if (made != null)
        {
            made->Function(left, right, &count, &type);
        }
        else
        {
            _ = TryCombine(op, BasicTypes.KindOf(type), left, right, count);
        }
    }

    private static bool IsKnown(MpiOp op) =>
        op is (>= MpiOp.Sum and <= MpiOp.Prod) or (>= MpiOp.BitwiseAnd and <= MpiOp.BitwiseXor)
            or (>= MpiOp.LogicalAnd and <= MpiOp.LogicalXor) or MpiOp.MinLoc or MpiOp.MaxLoc;

    private static bool TryCombine(MpiOp op, NumberKind kind, byte* left, byte* right, int count)
    {
        switch (op)
        {
            case MpiOp.Sum:
                return SumLoops.TryApply(kind, left, right, count);
            case MpiOp.Prod:
                return ProductLoops.TryApply(kind, left, right, count);
            case MpiOp.Min:
                return MinimumLoops.TryApply(kind, left, right, count);
            case MpiOp.Max:
                return MaximumLoops.TryApply(kind, left, right, count);
            case MpiOp.LogicalAnd or MpiOp.LogicalOr or MpiOp.LogicalXor:
                return LogicalLoops.TryApply(op, kind, left, right, count);
            case MpiOp.MinLoc or MpiOp.MaxLoc:
                return LocationLoops.TryApply(op == MpiOp.MinLoc, kind, left, right, count);
            default:
                return BitLoops.TryApply(op, kind, left, right, count * WidthOf(kind));
        }
    }

    private static int WidthOf(NumberKind kind) => kind switch
    {
        NumberKind.Int16 or NumberKind.UInt16 => 2,
        NumberKind.Int32 or NumberKind.UInt32 => 4,
        NumberKind.Int64 or NumberKind.UInt64 => 8,
        _ => 1,
    };

    private UserOperation* Find(MpiOp op)
    {
        int index = (int)op - Handles.First;
        return (uint)index < (uint)_capacity && _made[index].Function != null ? _made + index : null;
    }
}

using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Derived datatypes (MPI 4.1, 5.1).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Type_contiguous.</summary>
    public MpiError TypeContiguous(int count, MpiDatatype oldType, MpiDatatype* newType) =>
        Make(count < 0 ? 0 : 1, &count, null, null, null, 0, oldType, 0, newType, count < 0);

    /// <summary>MPI_Type_vector: the stride counts elements.</summary>
    public MpiError TypeVector(int count, int blockLength, int stride, MpiDatatype oldType, MpiDatatype* newType)
    {
        TypeSlot* old = _types.Find(oldType);
        return MakeVector(count, blockLength, old == null ? 0 : stride * old->Extent, oldType, newType);
    }

    /// <summary>MPI_Type_create_hvector: the stride counts bytes.</summary>
    public MpiError TypeCreateHvector(int count, int blockLength, nint stride, MpiDatatype oldType, MpiDatatype* newType) =>
        MakeVector(count, blockLength, stride, oldType, newType);

    /// <summary>MPI_Type_indexed: displacements count elements.</summary>
    public MpiError TypeIndexed(int count, int* blockLengths, int* displacements, MpiDatatype oldType, MpiDatatype* newType) =>
        Make(count, blockLengths, displacements, null, null, 0, oldType, 0, newType, false);

    /// <summary>MPI_Type_create_hindexed: displacements count bytes.</summary>
    public MpiError TypeCreateHindexed(int count, int* blockLengths, nint* displacements, MpiDatatype oldType, MpiDatatype* newType) =>
        Make(count, blockLengths, null, displacements, null, 0, oldType, 0, newType, false);

    /// <summary>MPI_Type_create_indexed_block.</summary>
    public MpiError TypeCreateIndexedBlock(int count, int blockLength, int* displacements, MpiDatatype oldType, MpiDatatype* newType) =>
        Make(count, null, displacements, null, null, blockLength, oldType, 0, newType, blockLength < 0);

    /// <summary>MPI_Type_create_struct: displacements count bytes.</summary>
    public MpiError TypeCreateStruct(
        int count, int* blockLengths, nint* displacements, MpiDatatype* oldTypes, MpiDatatype* newType) =>
        Make(count, blockLengths, null, displacements, oldTypes, 0, MpiDatatype.Null, 0, newType, false);

    /// <summary>MPI_Type_create_subarray: a part of an array of several dimensions.</summary>
    /// <param name="isFortranOrder">Whether the first dimension is that whose elements are neighbours; in C it is the last.</param>
    public MpiError TypeCreateSubarray(
        int dimensions, int* sizes, int* partSizes, int* starts, bool isFortranOrder, MpiDatatype oldType, MpiDatatype* newType)
    {
        *newType = MpiDatatype.Null;
        TypeSlot* old = _types.Find(oldType);
        MpiError error = dimensions < 1 ? MpiError.Arg : old == null ? MpiError.Type : MpiError.Success;
        nint all = old == null ? 0 : old->Extent;
        for (int i = 0; i < dimensions && error == MpiError.Success; i++)
        {
            error = partSizes[i] < 1 || sizes[i] < partSizes[i] || starts[i] < 0 || starts[i] > sizes[i] - partSizes[i]
                ? MpiError.Arg
                : MpiError.Success;
            all *= sizes[i];
        }

        if (error != MpiError.Success)
        {
            return Raise(MpiComm.World, error);
        }

        // From the dimension of neighbours on outwards: a row of what is made so far.
        MpiDatatype row = oldType;
        nint stride = old->Extent;
        nint offset = 0;
        for (int i = 0; i < dimensions; i++)
        {
            int dimension = isFortranOrder ? i : dimensions - 1 - i;
            MpiDatatype wider;
            error = TypeCreateHvector(partSizes[dimension], 1, stride, row, &wider);
            if (row != oldType)
            {
                _ = TypeFree(&row);
            }

            if (error != MpiError.Success)
            {
                return error;
            }

            offset += starts[dimension] * stride;
            stride *= sizes[dimension];
            row = wider;
        }

        int one = 1;
        MpiDatatype moved;
        error = TypeCreateHindexed(1, &one, &offset, row, &moved);
        _ = TypeFree(&row);
        if (error != MpiError.Success)
        {
            return error;
        }

        error = TypeCreateResized(moved, 0, all, newType);
        _ = TypeFree(&moved);
        return error;
    }

    /// <summary>MPI_Type_create_resized.</summary>
    public MpiError TypeCreateResized(MpiDatatype oldType, nint lowerBound, nint extent, MpiDatatype* newType)
    {
        MpiError error = Copy(oldType, newType, out TypeSlot* made);
        if (error == MpiError.Success)
        {
            made->LowerBound = lowerBound;
            made->Extent = extent;
            made->IsCommitted = false;
            made->IsDense = IsDense(made);
        }

        return error;
    }

    /// <summary>MPI_Type_dup.</summary>
    public MpiError TypeDup(MpiDatatype oldType, MpiDatatype* newType) => Copy(oldType, newType, out _);

    /// <summary>MPI_Type_commit.</summary>
    public MpiError TypeCommit(MpiDatatype* type)
    {
        TypeSlot* slot = _types.Find(*type);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        slot->IsCommitted = true;
        return MpiError.Success;
    }

    /// <summary>MPI_Type_free. What is under way with it, and types made of it, go on.</summary>
    public MpiError TypeFree(MpiDatatype* type)
    {
        TypeSlot* slot = TypeTable.IsBasic(*type) ? null : _types.Find(*type);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        TypeTable.Free(slot);
        *type = MpiDatatype.Null;
        return MpiError.Success;
    }

    /// <summary>MPI_Type_size.</summary>
    public MpiError TypeSize(MpiDatatype type, int* size)
    {
        TypeSlot* slot = _types.Find(type);
        *size = slot == null ? MpiConstants.Undefined : slot->Size;
        return Raise(MpiComm.World, slot == null ? MpiError.Type : MpiError.Success);
    }

    /// <summary>MPI_Type_get_extent.</summary>
    public MpiError TypeGetExtent(MpiDatatype type, nint* lowerBound, nint* extent)
    {
        TypeSlot* slot = _types.Find(type);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        *lowerBound = slot->LowerBound;
        *extent = slot->Extent;
        return MpiError.Success;
    }

    /// <summary>MPI_Type_get_true_extent.</summary>
    public MpiError TypeGetTrueExtent(MpiDatatype type, nint* lowerBound, nint* extent)
    {
        TypeSlot* slot = _types.Find(type);
        if (slot == null)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        *lowerBound = slot->TrueLowerBound;
        *extent = slot->TrueExtent;
        return MpiError.Success;
    }

    /// <summary>MPI_Pack: appends elements to a row of bytes.</summary>
    /// <param name="position">Where they go in the row; moved behind them.</param>
    public MpiError Pack(byte* elements, int count, MpiDatatype type, byte* row, int rowBytes, int* position, MpiComm comm)
    {
        MpiError error = CheckPack(elements, count, type, row, rowBytes, *position, comm, out TypeSlot* layout);
        if (error == MpiError.Success)
        {
            int bytes = count * layout->Size;
            TypeMover.Pack(layout, elements, 0, row + *position, bytes);
            *position += bytes;
        }

        return Raise(comm, error);
    }

    /// <summary>MPI_Unpack.</summary>
    public MpiError Unpack(byte* row, int rowBytes, int* position, byte* elements, int count, MpiDatatype type, MpiComm comm)
    {
        MpiError error = CheckPack(elements, count, type, row, rowBytes, *position, comm, out TypeSlot* layout);
        if (error == MpiError.Success)
        {
            int bytes = count * layout->Size;
            TypeMover.Unpack(layout, elements, 0, row + *position, bytes);
            *position += bytes;
        }

        return Raise(comm, error);
    }

    /// <summary>MPI_Pack_size.</summary>
    public MpiError PackSize(int count, MpiDatatype type, MpiComm comm, int* bytes)
    {
        MpiError error = FindComm(comm) == null ? MpiError.Comm : CheckBuffer((byte*)1, count, type, out _);
        *bytes = error == MpiError.Success ? count * _types.Find(type)->Size : 0;
        return Raise(comm, error);
    }

    /// <summary>MPI_Op_create.</summary>
    /// <param name="function">inout[i] = in[i] op inout[i] for so many elements of a type.</param>
    /// <param name="isCommutative">Whether operands may change places; their order is kept otherwise.</param>
    public MpiError OpCreate(delegate*<byte*, byte*, int*, MpiDatatype*, void> function, bool isCommutative, MpiOp* op)
    {
        *op = function == null ? MpiOp.Null : _operations.Create(function, isCommutative);
        return Raise(MpiComm.World, *op != MpiOp.Null ? MpiError.Success : function == null ? MpiError.Arg : MpiError.NoMem);
    }

    /// <summary>MPI_Op_free.</summary>
    public MpiError OpFree(MpiOp* op)
    {
        if (!_operations.Free(*op))
        {
            return Raise(MpiComm.World, MpiError.Op);
        }

        *op = MpiOp.Null;
        return MpiError.Success;
    }

    /// <summary>MPI_Op_commutative.</summary>
    public MpiError OpCommutative(MpiOp op, bool* flag)
    {
        *flag = _operations.IsCommutative(op);
        return MpiError.Success;
    }

    /// <summary>MPI_Reduce_local: right = left op right.</summary>
    public MpiError ReduceLocal(byte* left, byte* right, int count, MpiDatatype type, MpiOp op)
    {
        MpiError error = CheckBuffer(left, count, type, out _);
        error = error == MpiError.Success ? _operations.Check(op, type) : error;
        if (error == MpiError.Success && count > 0)
        {
            _operations.Apply(op, type, left, right, count);
        }

        return Raise(MpiComm.World, error);
    }

    private MpiError CheckPack(
        byte* elements, int count, MpiDatatype type, byte* row, int rowBytes, int position, MpiComm comm, out TypeSlot* layout)
    {
        layout = null;
        if (FindComm(comm) == null)
        {
            return MpiError.Comm;
        }

        MpiError error = CheckBuffer(elements, count, type, out layout);
        if (error != MpiError.Success)
        {
            return error;
        }

        return position < 0 || rowBytes < position || rowBytes - position < count * layout->Size ? MpiError.Truncate
            : row == null && count > 0 ? MpiError.Buffer
            : MpiError.Success;
    }

    private MpiError MakeVector(int count, int blockLength, nint stride, MpiDatatype oldType, MpiDatatype* newType) =>
        Make(count, null, null, null, null, blockLength, oldType, stride, newType, blockLength < 0);

    /// <summary>Makes a type of blocks of elements.</summary>
    /// <param name="count">How many blocks.</param>
    /// <param name="lengths">How many elements each has; null: <paramref name="length"/>.</param>
    /// <param name="indices">Where each begins, in extents; null: see the others.</param>
    /// <param name="offsets">Where each begins, in bytes; null: at multiples of <paramref name="stride"/>.</param>
    /// <param name="types">The type of each; null: <paramref name="oldType"/>.</param>
    private MpiError Make(
        int count, int* lengths, int* indices, nint* offsets, MpiDatatype* types, int length, MpiDatatype oldType, nint stride,
        MpiDatatype* newType, bool isWrong)
    {
        *newType = MpiDatatype.Null;
        if (isWrong || count < 0)
        {
            return Raise(MpiComm.World, MpiError.Arg);
        }

        for (int i = 0; i < count; i++)
        {
            if (_types.Find(types == null ? oldType : types[i]) == null)
            {
                return Raise(MpiComm.World, MpiError.Type);
            }

            if (lengths != null && lengths[i] < 0)
            {
                return Raise(MpiComm.World, MpiError.Arg);
            }
        }

        if (types == null && _types.Find(oldType) == null)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        // First the runs are counted, then written.
        RunBuilder counter = new(null);
        TypeSlot shape = default;
        AddBlocks(ref counter, ref shape, count, lengths, indices, offsets, types, length, oldType, stride);
        if (shape.Size < 0)
        {
            return Raise(MpiComm.World, MpiError.Arg);
        }

        TypeSlot* made = _types.Create(counter.Count, out *newType);
        if (made == null)
        {
            return Raise(MpiComm.World, MpiError.NoMem);
        }

        TypeRun* runs = made->Runs;
        RunBuilder builder = new(runs);
        AddBlocks(ref builder, ref *made, count, lengths, indices, offsets, types, length, oldType, stride);
        made->RunCount = builder.Count;
        made->IsDense = IsDense(made);
        return MpiError.Success;
    }

    private void AddBlocks(
        ref RunBuilder builder, ref TypeSlot made, int count, int* lengths, int* indices, nint* offsets, MpiDatatype* types,
        int length, MpiDatatype oldType, nint stride)
    {
        bool isFirst = true;
        nint lower = 0;
        nint upper = 0;
        nint trueLower = 0;
        nint trueUpper = 0;
        long size = 0;
        long elements = 0;
        made.Alignment = 1;
        made.Basic = MpiDatatype.Null;
        for (int i = 0; i < count; i++)
        {
            TypeSlot* old = _types.Find(types == null ? oldType : types[i]);
            int blockLength = lengths == null ? length : lengths[i];
            if (blockLength == 0)
            {
                continue;
            }

            nint offset = indices != null ? indices[i] * old->Extent : offsets != null ? offsets[i] : i * stride;
            nint last = (blockLength - 1) * old->Extent;
            nint low = offset + old->LowerBound + (last < 0 ? last : 0);
            nint high = offset + old->LowerBound + old->Extent + (last > 0 ? last : 0);
            nint trueLow = offset + old->TrueLowerBound + (last < 0 ? last : 0);
            nint trueHigh = offset + old->TrueLowerBound + old->TrueExtent + (last > 0 ? last : 0);
            lower = isFirst || low < lower ? low : lower;
            upper = isFirst || high > upper ? high : upper;
            trueLower = isFirst || trueLow < trueLower ? trueLow : trueLower;
            trueUpper = isFirst || trueHigh > trueUpper ? trueHigh : trueUpper;
            made.Alignment = old->Alignment > made.Alignment ? old->Alignment : made.Alignment;
            made.Basic = isFirst || made.Basic == old->Basic ? old->Basic : MpiDatatype.Null;
            size += (long)blockLength * old->Size;
            elements += (long)blockLength * old->BasicElements;
            builder.AddElements(old, offset, blockLength);
            isFirst = false;
        }

        if (types != null)
        {
            // As C pads structures.
            nint over = (upper - lower) & (made.Alignment - 1);
            upper += over == 0 ? 0 : made.Alignment - over;
        }

        made.Size = size > int.MaxValue ? Nothing : (int)size;
        made.BasicElements = (int)elements;
        made.LowerBound = lower;
        made.Extent = upper - lower;
        made.TrueLowerBound = trueLower;
        made.TrueExtent = trueUpper - trueLower;
    }

    private static bool IsDense(TypeSlot* type) =>
        type->RunCount == 1 && type->Runs->Blocks == 1 && type->Extent == type->Size;

    private MpiError Copy(MpiDatatype oldType, MpiDatatype* newType, out TypeSlot* made)
    {
        *newType = MpiDatatype.Null;
        made = null;
        TypeSlot* old = _types.Find(oldType);
        if (old == null)
        {
            return Raise(MpiComm.World, MpiError.Type);
        }

        made = _types.Create(old->RunCount, out *newType);
        if (made == null)
        {
            return Raise(MpiComm.World, MpiError.NoMem);
        }

        TypeRun* runs = made->Runs;
        *made = *old;
        made->Runs = runs;
        made->References = 1;
        made->HasHandle = true;
        for (int i = 0; i < old->RunCount; i++)
        {
            runs[i] = old->Runs[i];
        }

        return MpiError.Success;
    }
}

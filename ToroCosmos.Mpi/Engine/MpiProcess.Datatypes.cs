using ToroCosmos.Mpi.Datatypes;
using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Engine;

/// <content>Derived datatypes (MPI 4.1, 5.1).</content>
public sealed unsafe partial class MpiProcess
{
    /// <summary>MPI_Type_contiguous.</summary>
    public MpiError TypeContiguous(int count, MpiDatatype oldType, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.Make(count < 0 ? 0 : 1, &count, null, null, null, 0, oldType, 0, newType, count < 0));

    /// <summary>MPI_Type_vector: the stride counts elements.</summary>
    public MpiError TypeVector(int count, int blockLength, int stride, MpiDatatype oldType, MpiDatatype* newType)
    {
        TypeSlot* old = _types.Find(oldType);
        return Raise(
            MpiComm.World, _maker.MakeVector(count, blockLength, old == null ? 0 : stride * old->Extent, oldType, newType));
    }

    /// <summary>MPI_Type_create_hvector: the stride counts bytes.</summary>
    public MpiError TypeCreateHvector(int count, int blockLength, nint stride, MpiDatatype oldType, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.MakeVector(count, blockLength, stride, oldType, newType));

    /// <summary>MPI_Type_indexed: displacements count elements.</summary>
    public MpiError TypeIndexed(int count, int* blockLengths, int* displacements, MpiDatatype oldType, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.Make(count, blockLengths, displacements, null, null, 0, oldType, 0, newType, false));

    /// <summary>MPI_Type_create_hindexed: displacements count bytes.</summary>
    public MpiError TypeCreateHindexed(int count, int* blockLengths, nint* displacements, MpiDatatype oldType, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.Make(count, blockLengths, null, displacements, null, 0, oldType, 0, newType, false));

    /// <summary>MPI_Type_create_indexed_block.</summary>
    public MpiError TypeCreateIndexedBlock(int count, int blockLength, int* displacements, MpiDatatype oldType, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.Make(count, null, displacements, null, null, blockLength, oldType, 0, newType, blockLength < 0));

    /// <summary>MPI_Type_create_struct: displacements count bytes.</summary>
    public MpiError TypeCreateStruct(
        int count, int* blockLengths, nint* displacements, MpiDatatype* oldTypes, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.Make(count, blockLengths, null, displacements, oldTypes, 0, MpiDatatype.Null, 0, newType, false));

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
    public MpiError TypeCreateResized(MpiDatatype oldType, nint lowerBound, nint extent, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.Resize(oldType, lowerBound, extent, newType));

    /// <summary>MPI_Type_dup.</summary>
    public MpiError TypeDup(MpiDatatype oldType, MpiDatatype* newType) =>
        Raise(MpiComm.World, _maker.Copy(oldType, newType, out _));

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
        MpiError error = _comms.Find(comm) == null ? MpiError.Comm : CheckBuffer((byte*)1, count, type, out _);
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
        if (_comms.Find(comm) == null)
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
}

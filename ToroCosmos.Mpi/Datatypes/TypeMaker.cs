using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Datatypes;

/// <summary>Makes types of others.</summary>
internal sealed unsafe class TypeMaker
{
    private readonly TypeTable _types;

    public TypeMaker(TypeTable types)
    {
        _types = types;
    }

    /// <summary>Makes another type of the same layout with other bounds.</summary>
    public MpiError Resize(MpiDatatype oldType, nint lowerBound, nint extent, MpiDatatype* newType)
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

    /// <summary>Makes a type of blocks of elements.</summary>
    /// <param name="count">How many blocks.</param>
    /// <param name="lengths">How many elements each has; null: <paramref name="length"/>.</param>
    /// <param name="indices">Where each begins, in extents; null: see the others.</param>
    /// <param name="offsets">Where each begins, in bytes; null: at multiples of <paramref name="stride"/>.</param>
    /// <param name="types">The type of each; null: <paramref name="oldType"/>.</param>
    public MpiError Make(
        int count, int* lengths, int* indices, nint* offsets, MpiDatatype* types, int length, MpiDatatype oldType, nint stride,
        MpiDatatype* newType, bool isWrong)
    {
        *newType = MpiDatatype.Null;
        if (isWrong || count < 0)
        {
            return MpiError.Arg;
        }

        for (int i = 0; i < count; i++)
        {
            if (_types.Find(types == null ? oldType : types[i]) == null)
            {
                return MpiError.Type;
            }

            if (lengths != null && lengths[i] < 0)
            {
                return MpiError.Arg;
            }
        }

        if (types == null && _types.Find(oldType) == null)
        {
            return MpiError.Type;
        }

        // First the runs are counted, then written.
        RunBuilder counter = new(null);
        TypeSlot shape = default;
        AddBlocks(ref counter, ref shape, count, lengths, indices, offsets, types, length, oldType, stride);
        if (shape.Size < 0)
        {
            return MpiError.Arg;
        }

        TypeSlot* made = _types.Create(counter.Count, out *newType);
        if (made == null)
        {
            return MpiError.NoMem;
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

        made.Size = size > int.MaxValue ? -1 : (int)size;
        made.BasicElements = (int)elements;
        made.LowerBound = lower;
        made.Extent = upper - lower;
        made.TrueLowerBound = trueLower;
        made.TrueExtent = trueUpper - trueLower;
    }

    private static bool IsDense(TypeSlot* type) =>
        type->RunCount == 1 && type->Runs->Blocks == 1 && type->Extent == type->Size;

    /// <summary>Makes another type of the same layout.</summary>
    public MpiError Copy(MpiDatatype oldType, MpiDatatype* newType, out TypeSlot* made)
    {
        *newType = MpiDatatype.Null;
        made = null;
        TypeSlot* old = _types.Find(oldType);
        if (old == null)
        {
            return MpiError.Type;
        }

        made = _types.Create(old->RunCount, out *newType);
        if (made == null)
        {
            return MpiError.NoMem;
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

    /// <summary>Makes a type of blocks of one length at one distance, in bytes.</summary>
    public MpiError MakeVector(int count, int blockLength, nint stride, MpiDatatype oldType, MpiDatatype* newType) =>
        Make(count, null, null, null, null, blockLength, oldType, stride, newType, blockLength < 0);
}

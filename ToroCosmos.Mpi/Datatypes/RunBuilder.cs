namespace ToroCosmos.Mpi.Datatypes;

/// <summary>
/// Joins blocks of data to runs, in the order of the type map: blocks that touch become one, and blocks of one length at one
/// distance a run. Without memory it counts the runs.
/// </summary>
internal unsafe struct RunBuilder
{
    private readonly TypeRun* _runs;
    private TypeRun _last;

    public RunBuilder(TypeRun* runs)
    {
        _runs = runs;
        _last = default;
        Count = 0;
    }

    /// <summary>How many runs there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds elements of a type.</summary>
    public void AddElements(TypeSlot* type, nint offset, int count)
    {
        if (type->IsDense)
        {
            Add(new TypeRun { Offset = offset + type->TrueLowerBound, Bytes = count * type->Size, Blocks = 1 });
            return;
        }

        for (int i = 0; i < count; i++)
        {
            for (int run = 0; run < type->RunCount; run++)
            {
                TypeRun added = type->Runs[run];
                added.Offset += offset + (i * type->Extent);
                Add(added);
            }
        }
    }

    /// <summary>Adds a run.</summary>
    public void Add(TypeRun run)
    {
        if (run.Bytes == 0)
        {
            return;
        }

        if (Count > 0 && TryExtend(run))
        {
            if (_runs != null)
            {
                _runs[Count - 1] = _last;
            }

            return;
        }

        _last = run;
        if (_runs != null)
        {
            _runs[Count] = run;
        }

        Count++;
    }

    private bool TryExtend(TypeRun run)
    {
        if (_last.Blocks == 1 && run.Blocks == 1 && run.Offset == _last.Offset + _last.Bytes)
        {
            _last.Bytes += run.Bytes;
            return true;
        }

        if (run.Bytes != _last.Bytes)
        {
            return false;
        }

        nint stride = _last.Blocks == 1 ? run.Offset - _last.Offset : _last.Stride;
        if (run.Offset != _last.Offset + (_last.Blocks * stride) || (run.Blocks > 1 && run.Stride != stride))
        {
            return false;
        }

        _last.Stride = stride;
        _last.Blocks += run.Blocks;
        return true;
    }
}

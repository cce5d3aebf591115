namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>What a core was seen to do from each of its steps on, to the end of its program.</summary>
/// <param name="steps">How many steps its program has.</param>
/// <param name="cells">How many halfwords the memory has.</param>
internal sealed class Footprint(int steps, int cells)
{
    private readonly CellSet[] _reads = CreateSets(steps, cells);
    private readonly CellSet[] _writes = CreateSets(steps, cells);
    private readonly uint[] _wakes = new uint[steps + 1];
    private readonly bool[] _sleeps = new bool[steps + 1];

    /// <summary>How often something new was seen.</summary>
    public int News { get; private set; }

    /// <summary>Whether the core may read a field.</summary>
    public bool Reads(int step, int offset, int bytes) => _reads[step].Overlaps(offset, bytes);

    /// <summary>Whether the core may bring a store to a field into its buffer.</summary>
    public bool Writes(int step, int offset, int bytes) => _writes[step].Overlaps(offset, bytes);

    /// <summary>Whether the core may wake another one.</summary>
    public bool Wakes(int step, int core) => (_wakes[step] & (1u << core)) != 0;

    /// <summary>Whether the core may sleep.</summary>
    public bool Sleeps(int step) => _sleeps[step];

    public void Learn(int step, Access access)
    {
        for (int earlier = step; earlier >= 0 && LearnOne(earlier, access); earlier--)
        {
            News++;
        }
    }

    public void Learn(int step, BufferedStore store)
    {
        for (int earlier = step; earlier >= 0 && _writes[earlier].Add(store.Offset, store.Bytes); earlier--)
        {
            News++;
        }
    }

    private bool LearnOne(int step, Access access)
    {
        bool isNew = false;
        switch (access.Kind)
        {
            case AccessKind.Load:
            case AccessKind.Pause when access.Bytes > 0:
                isNew = _reads[step].Add(access.Offset, access.Bytes);
                break;
            case AccessKind.Exchange:
                isNew = _reads[step].Add(access.Offset, access.Bytes) | _writes[step].Add(access.Offset, access.Bytes);
                break;
            case AccessKind.Wake:
                isNew = !Wakes(step, access.Offset);
                _wakes[step] |= 1u << access.Offset;
                break;
            case AccessKind.BeginSleep:
            case AccessKind.Sleep:
            case AccessKind.SleepUntilLook:
                isNew = !_sleeps[step];
                _sleeps[step] = true;
                break;
        }

        return isNew;
    }

    private static CellSet[] CreateSets(int steps, int cells)
    {
        CellSet[] sets = new CellSet[steps + 1];
        for (int step = 0; step <= steps; step++)
        {
            sets[step] = new CellSet(cells);
        }

        return sets;
    }
}

namespace ToroCosmos.Virtio.Queue;

/// <summary>
/// The driver's own record of its slots and of the chains in them: nothing here is read back from memory that the device
/// can write. A slot is a descriptor of a split queue, or an id of a packed one; a chain is named by its first slot.
/// <para>
/// Free slots are a list that is taken from at its front and given back to at its end. So chains that end in the order in
/// which they began take the slots round and round in their order, which is what VIRTIO_F_IN_ORDER asks of a driver.
/// </para>
/// </summary>
internal sealed class ChainTable
{
    private readonly ChainState[] _chains;
    private readonly ushort[] _next;
    private int _firstFree;
    private int _lastFree;
    private int _detached; // Chains below this slot were detached.

    /// <summary>Makes a table whose slots are all free.</summary>
    public ChainTable(int slots)
    {
        _chains = new ChainState[slots];
        _next = new ushort[slots];
        Clear();
    }

    /// <summary>How many slots are free.</summary>
    public int Free { get; private set; }

    /// <summary>How many chains there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first free slot, where the next chain begins; any slot when none is free.</summary>
    public int FirstFree => _firstFree;

    /// <summary>How many chains have been added, modulo 2^16.</summary>
    public ushort Added { get; private set; }

    /// <summary>How many of these the device was told of, modulo 2^16.</summary>
    public ushort Published { get; private set; }

    /// <summary>The slot behind one, in its chain or in the free list.</summary>
    public int Next(int slot) => _next[slot];

    /// <summary>A chain that is there, by its name.</summary>
    public ref readonly ChainState this[int chain] => ref _chains[chain];

    /// <summary>Forgets every chain.</summary>
    public void Clear()
    {
        for (int i = 0; i < _chains.Length; i++)
        {
            _chains[i] = default;
            _next[i] = (ushort)(i + 1 == _chains.Length ? 0 : i + 1);
        }

        _firstFree = 0;
        _lastFree = _chains.Length - 1;
        Free = _chains.Length;
        Count = 0;
        Added = 0;
        Published = 0;
        _detached = 0;
    }

    /// <summary>Makes a chain of the first free slots.</summary>
    /// <param name="token">The driver's value for it.</param>
    /// <param name="writableBytes">How many bytes the device may write.</param>
    /// <param name="slots">How many slots it takes, at least 1 and at most <see cref="Free"/>.</param>
    /// <param name="last">The last of them.</param>
    /// <param name="descriptors">How many descriptors of the ring it occupies.</param>
    public void Add(nuint token, uint writableBytes, int slots, int last, int descriptors)
    {
        ref ChainState chain = ref _chains[_firstFree];
        chain.Token = token;
        chain.WritableBytes = writableBytes;
        chain.Descriptors = (ushort)descriptors;
        chain.Last = (ushort)last;
        chain.Position = Added;
        _firstFree = _next[last];
        Free -= slots;
        Count++;
        Added++;
    }

    /// <summary>Notes that the device was told of all chains.</summary>
    public void Publish() => Published = Added;

    /// <summary>What is wrong with a used id: it must name a chain that the device was told of.</summary>
    public QueueFault Check(uint id)
    {
        if (id >= (uint)_chains.Length)
        {
            return QueueFault.UsedIdOutOfRange;
        }

        // A chain is of the last 2^15 that were added, so the distance tells what was published from what was not.
        ref readonly ChainState chain = ref _chains[id];
        return chain.Descriptors != 0 && (ushort)(Published - chain.Position - 1) < 0x8000
            ? QueueFault.None
            : QueueFault.UsedIdNotOutstanding;
    }

    /// <summary>Ends a chain that is there and frees its slots.</summary>
    /// <param name="chain">Its name.</param>
    /// <param name="slots">How many slots it has.</param>
    public void Remove(int chain, int slots)
    {
        int last = _chains[chain].Last;
        if (Free == 0)
        {
            _firstFree = chain;
        }
        else
        {
            _next[_lastFree] = (ushort)chain;
        }

        _lastFree = last;
        _chains[chain].Descriptors = 0;
        Free += slots;
        Count--;
    }

    /// <summary>Takes one of the chains that are there.</summary>
    /// <param name="token">Its token; 0 for none.</param>
    /// <returns>False when none is left.</returns>
    public bool TryDetach(out nuint token)
    {
        token = 0;
        while (Count > 0)
        {
            ref ChainState chain = ref _chains[_detached];
            _detached++;
            if (chain.Descriptors != 0)
            {
                token = chain.Token;
                chain.Descriptors = 0;
                Count--;
                return true;
            }
        }

        return false;
    }
}

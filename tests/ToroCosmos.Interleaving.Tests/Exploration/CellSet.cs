namespace ToroCosmos.Interleaving.Tests.Exploration;

/// <summary>A set of places in memory, halfword by halfword.</summary>
internal sealed class CellSet(int cells)
{
    public const int CellBytes = sizeof(ushort);

    private readonly ulong[] _bits = new ulong[(cells + 63) / 64];

    /// <summary>Adds a field.</summary>
    /// <returns>Whether a part of it is new.</returns>
    public bool Add(int offset, int bytes)
    {
        bool isNew = false;
        for (int cell = offset / CellBytes; cell * CellBytes < offset + bytes; cell++)
        {
            isNew |= !Has(cell);
            _bits[cell / 64] |= 1UL << (cell % 64);
        }

        return isNew;
    }

    /// <summary>Whether a part of a field is in the set.</summary>
    public bool Overlaps(int offset, int bytes)
    {
        for (int cell = offset / CellBytes; cell * CellBytes < offset + bytes; cell++)
        {
            if (Has(cell))
            {
                return true;
            }
        }

        return false;
    }

    private bool Has(int cell) => (_bits[cell / 64] & (1UL << (cell % 64))) != 0;
}

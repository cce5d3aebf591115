namespace ToroCosmos.VirtIOBus.Loans;

/// <summary>
/// Memory lent to another core for a message. Only an endpoint makes one, by <see cref="BusEndpoint.TryLendTo"/> and the
/// other calls that lend; the default value is no loan.
/// </summary>
public readonly record struct BusLoan
{
    // One more than the core, so that zeroed memory is no loan.
    private readonly int _receiver;

    internal BusLoan(int core, uint generation, uint message)
    {
        _receiver = core + 1;
        Generation = generation;
        Message = message;
    }

    /// <summary>The receiver; -1 when this is no loan.</summary>
    public int Core => _receiver - 1;

    /// <summary>In which generation of the link, between two resets.</summary>
    internal uint Generation { get; }

    /// <summary>Which message to it since the link was set up, modulo 2^32.</summary>
    public uint Message { get; }
}

namespace ToroCosmos.VirtIOBus;

/// <summary>Memory lent to another core for a message; see <see cref="BusEndpoint.TryLendTo"/>.</summary>
/// <param name="Core">The receiver.</param>
/// <param name="Message">Which message to it, modulo 2^32.</param>
public readonly record struct BusLoan(int Core, uint Message);

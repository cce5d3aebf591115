using System.Threading;

namespace ToroCosmos.Gen3.Plugs;

/// <summary>
/// Atomic operations on references, which Cosmos' runtime makes of plain loads and stores. Its collector moves nothing and
/// has no write barrier, so a reference is a word like any other. Called by code that is put into Cosmos' assemblies.
/// </summary>
public static unsafe class AtomicReferences
{
    /// <summary>Puts a reference in the place of another.</summary>
    /// <returns>The one that was there.</returns>
    public static nint ExchangeReference(nint* location, nint value) => Interlocked.Exchange(ref *location, value);

    /// <summary>Puts a reference in the place of another if that is the one that was expected.</summary>
    /// <returns>The one that was there.</returns>
    public static nint CompareExchangeReference(nint* location, nint value, nint comparand) =>
        Interlocked.CompareExchange(ref *location, value, comparand);
}

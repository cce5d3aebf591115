using Cosmos.Build.API.Attributes;

namespace ToroCosmos.Gen3.Plugs;

/// <summary>What the compiler calls for <c>Interlocked</c> on references.</summary>
[Plug("Cosmos.Kernel.Core.Runtime.StartupCodeHelpers")]
public static unsafe class StartupCodeHelpersPlug
{
    [PlugMember]
    public static void* InterlockedExchange(void** location1, void* value) =>
        (void*)AtomicReferences.ExchangeReference((nint*)location1, (nint)value);

    [PlugMember]
    public static object RhpCheckedLockCmpXchg(object* location, object value, object comparand, int typeHandle)
    {
        nint original = AtomicReferences.CompareExchangeReference((nint*)location, *(nint*)&value, *(nint*)&comparand);
        return *(object*)&original;
    }
}

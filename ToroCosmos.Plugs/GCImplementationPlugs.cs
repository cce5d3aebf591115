using Cosmos.Core;
using IL2CPU.API.Attribs;

namespace ToroCosmos.Plugs;

/// <summary>
/// Lets several cores allocate. Compiled code does so where C# does not say it, for instance to make a span; a collection,
/// which Cosmos leaves to the kernel, still may run only while the other cores run nothing.
/// </summary>
[Plug(Target = typeof(GCImplementation))]
public static class GCImplementationPlugs
{
    /// <summary>See <see cref="GCImplementation.AllocNewObject"/>.</summary>
    public static uint AllocNewObject(uint aSize) => KernelHeap.AllocateObject(aSize);
}

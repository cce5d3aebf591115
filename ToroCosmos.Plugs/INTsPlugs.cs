using Cosmos.Core;
using IL2CPU.API.Attribs;

namespace ToroCosmos.Plugs;

/// <summary>Processor exceptions, which Cosmos shows on the screen before it spins, with all other cores running.</summary>
[Plug(Target = typeof(INTs))]
public static class INTsPlugs
{
    /// <summary>Called by Cosmos' handler of each exception, also of the NMI that a panic stops the other cores with.</summary>
    public static void HandleException(
        uint aEIP, string aDescription, string aName, ref INTs.IRQContext ctx, uint lastKnownAddressValue) =>
        KernelPanic.Raise(aDescription, ctx.EIP, ctx.Interrupt);
}

using Cosmos.Build.API.Attributes;

namespace ToroCosmos.Gen3.Plugs;

/// <summary>Cosmos' panic.</summary>
[Plug("Cosmos.Kernel.Core.Panic")]
public static class PanicPlug
{
    [PlugMember]
    public static void Halt(string message) => CosmosPanics.OfCosmos(message);

    [PlugMember]
    public static void Halt(string message, string caller, string file, int line) => CosmosPanics.OfCosmos(message);
}

using System;
using Cosmos.Build.API.Attributes;

namespace ToroCosmos.Gen3.Plugs;

/// <summary>Cosmos' end of exceptions that nobody catches.</summary>
[Plug("Cosmos.Kernel.Core.Runtime.ExceptionHelper")]
public static class ExceptionHelperPlug
{
    [PlugMember]
    public static void FailFast(string message, Exception? exception) => CosmosPanics.OfFailFast(message, exception);
}

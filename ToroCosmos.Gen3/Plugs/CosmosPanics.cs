using System;
using ToroCosmos.Gen3.Panic;

namespace ToroCosmos.Gen3.Plugs;

/// <summary>
/// Where Cosmos comes when it cannot go on: all cores stop, which Cosmos knows nothing of. Called by code that is put into
/// Cosmos' assemblies.
/// </summary>
public static class CosmosPanics
{
    /// <summary>Cosmos' own panic.</summary>
    public static void OfCosmos(string message) => KernelPanic.Raise(message, null);

    /// <summary>An exception that nobody catches, or something like it.</summary>
    public static void OfFailFast(string message, Exception? exception) => KernelPanic.Raise(message, exception?.Message);
}

using System.Collections.Generic;

namespace ToroCosmos.Programs.Tests;

/// <summary>
/// The programs that a kernel does not yet run as the host does. Each must fail exactly so: one that is mended fails the
/// test until it is taken out here.
/// </summary>
internal static class KnownFailures
{
    public static IReadOnlyList<KnownFailure> All { get; } =
    [
        new("JsonReflection.Dictionaries", "threw NotSupportedException: Deserialization of types without a parameterless constructor", "The constructor of a dictionary that only a serializer calls is not kept."),
        new("Lifetimes.AllocatedBytes", "A kernel has no RhGetAllocatedBytesForCurrentThread.", "The runtime does not count what a thread allocates."),
        new("Surroundings.DomainFacts", "True | 1 | True | False", "AppContext.BaseDirectory is empty."),
        new("Refusals.NetworkInterfaces", "Could not find a part of the path '/etc/resolv.conf'.", "A file of Linux is asked for before the network is."),
        new("AsyncMethods.StackTraceOfAsync", "False | False", "The text of an exception that went through an await lacks the methods' names."),
    ];
}

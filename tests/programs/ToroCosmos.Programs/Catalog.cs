using System.Collections.Generic;
using ToroCosmos.Programs.Subjects;

namespace ToroCosmos.Programs;

/// <summary>All programs, subject by subject.</summary>
public static class Catalog
{
    /// <summary>In the order in which a kernel runs them.</summary>
    public static IReadOnlyList<SampleProgram> All { get; } =
    [
        .. Collections.All,
        .. LinqQueries.All,
        .. Strings.All,
        .. Formatting.All,
        .. RegularExpressions.All,
        .. Numbers.All,
        .. BigNumbers.All,
        .. VectorCode.All,
        .. SpansAndMemory.All,
        .. Dates.All,
        .. JsonReflection.All,
        .. JsonSourceGenerated.All,
        .. Xml.All,
        .. Reflections.All,
        .. ExpressionTrees.All,
        .. Language.All,
        .. Exceptions.All,
        .. Encodings.All,
        .. Streams.All,
        .. Compression.All,
        .. Hashing.All,
        .. Randoms.All,
        .. Messages.All,
        .. UnsafeCode.All,
        .. Lifetimes.All,
        .. Surroundings.All,
        .. Refusals.All,
        .. ThreadPrograms.All,
        .. Locks.All,
        .. TaskPrograms.All,
        .. AsyncMethods.All,
        .. TimerPrograms.All,
        .. ParallelLoops.All,
        .. ConcurrentCollections.All,
    ];
}

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
    ];
}

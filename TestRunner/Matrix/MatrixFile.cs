using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace TestRunner.Matrix;

/// <summary>A file of profiles, as it is written; its schema stands beside it.</summary>
public sealed record MatrixFile
{
    /// <summary>Where the schema is, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The kernels by name: paths of ELF files and ISO images, from the folder of this file.</summary>
    public required IReadOnlyDictionary<string, string> Images { get; init; }

    /// <summary>Transcripts by name, as rules for any number of cores.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LineRule>> Transcripts { get; init; } =
        new Dictionary<string, IReadOnlyList<LineRule>>();

    /// <summary>The machines to try.</summary>
    public required IReadOnlyList<MatrixCell> Cells { get; init; }
}

using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace BenchmarkRunner.Rows;

/// <summary>Rows as JSON: an array with one object per row, whose names are those of <see cref="Row"/> in lower case.</summary>
public static class RowFile
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The text of a file.</summary>
    public static string Format(IReadOnlyList<Row> rows) => JsonSerializer.Serialize(rows, s_options);

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="InvalidDataException">It is not one of this program's.</exception>
    public static IReadOnlyList<Row> Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Row[]>(text, s_options) ?? [];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }
}

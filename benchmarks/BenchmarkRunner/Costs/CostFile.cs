using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BenchmarkRunner.Costs;

/// <summary>The file with the recorded costs: sorted, and a line for each, so that a change of it is easy to read.</summary>
public static class CostFile
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The text of a file.</summary>
    public static string Format(CostRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var text = new StringBuilder();
        text.Append("{\n");
        text.Append("  \"qemu\": ").Append(JsonSerializer.Serialize(record.Qemu)).Append(",\n");
        text.Append("  \"runtime\": ").Append(JsonSerializer.Serialize(record.Runtime)).Append(",\n");
        text.Append("  \"costs\": [\n");
        text.AppendJoin(
            ",\n",
            record.Costs
                .OrderBy(cost => cost.Name, StringComparer.Ordinal)
                .ThenBy(cost => cost.Bytes)
                .Select(cost => "    " + JsonSerializer.Serialize(cost with { Instructions = Math.Round(cost.Instructions, 4) }, s_options)));
        return text.Append("\n  ]\n}\n").ToString();
    }

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="InvalidDataException">It is not one of these, or has a row twice.</exception>
    public static CostRecord Parse(string text)
    {
        CostRecord? record;
        try
        {
            record = JsonSerializer.Deserialize<CostRecord>(text, s_options);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"This is no file of recorded costs: {exception.Message}", exception);
        }

        if (record is null)
        {
            throw new InvalidDataException("This is no file of recorded costs: it is empty.");
        }

        CountedCost? twice = record.Costs.GroupBy(cost => cost.Title).FirstOrDefault(rows => rows.Count() > 1)?.First();
        return twice is null ? record : throw new InvalidDataException($"The row '{twice.Title}' is recorded twice.");
    }
}

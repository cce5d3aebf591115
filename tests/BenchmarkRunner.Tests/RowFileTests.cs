using System.IO;
using System.Linq;
using System.Text.Json;
using BenchmarkRunner.Rows;
using Xunit;

namespace BenchmarkRunner.Tests;

public sealed class RowFileTests
{
    private static readonly Row s_row = new("bus-oneway", "guest", 2, 8, "ns", 187.5, 150, 220, 62.5, 3, 15, 12);

    [Fact]
    public void Each_row_is_an_object_with_exactly_these_names()
    {
        using var document = JsonDocument.Parse(RowFile.Format([s_row]));
        JsonElement row = Assert.Single(document.RootElement.EnumerateArray().ToArray());
        Assert.Equal(
            ["name", "where", "cores", "bytes", "metric", "median", "min", "max", "floor", "ratio", "values", "quiet"],
            row.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void A_row_without_a_floor_says_null()
    {
        using var document = JsonDocument.Parse(RowFile.Format([s_row with { Floor = null, Ratio = null }]));
        Assert.Equal(JsonValueKind.Null, document.RootElement[0].GetProperty("floor").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement[0].GetProperty("ratio").ValueKind);
    }

    [Fact]
    public void What_was_written_is_read_again() => Assert.Equal([s_row], RowFile.Parse(RowFile.Format([s_row])));

    [Fact]
    public void A_file_of_a_time_before_floors_were_judged_is_read_too() => Assert.Equal(
        [s_row with { Values = 0, Quiet = null }], RowFile.Parse(RowFile.Format([s_row]).Replace("\"ratio\": 3,", "\"ratio\": 3", System.StringComparison.Ordinal).Replace("\"values\": 15,", "", System.StringComparison.Ordinal).Replace("\"quiet\": 12", "", System.StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{\"name\":\"bus-oneway\"}]")]
    [InlineData("[{\"name\":null,\"where\":\"host\",\"cores\":2,\"bytes\":8,\"metric\":\"ns\",\"median\":1,\"min\":1,\"max\":1,\"floor\":null,\"ratio\":null}]")]
    public void A_file_of_another_program_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => RowFile.Parse(text));
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using TestRunner.Machines;
using TestRunner.Matrix;
using Xunit;

namespace TestRunner.Tests.Matrix;

/// <summary>The schema and the reader must know the same members and words.</summary>
public class SchemaTests
{
    private static readonly JsonElement s_schema = Load();

    [Theory]
    [InlineData(typeof(MatrixFile), "")]
    [InlineData(typeof(MatrixCell), "cell")]
    [InlineData(typeof(CellExpectation), "expectation")]
    [InlineData(typeof(LineRule), "lineRule")]
    public void The_members_are_the_same(Type type, string definition)
    {
        JsonElement described = definition.Length == 0 ? s_schema : s_schema.GetProperty("$defs").GetProperty(definition);
        PropertyInfo[] properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

        Assert.Equal(properties.Select(NameOf).Order(StringComparer.Ordinal), Names(described.GetProperty("properties")));
        Assert.False(described.GetProperty("additionalProperties").GetBoolean());
        IEnumerable<string> required = properties
            .Where(property => property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
            .Select(NameOf);
        string[] told = described.TryGetProperty("required", out JsonElement list) ? [.. list.EnumerateArray().Select(name => name.GetString()!)] : [];
        Assert.Equal(required.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_words_are_the_same()
    {
        JsonElement cell = s_schema.GetProperty("$defs").GetProperty("cell").GetProperty("properties");

        Assert.Equal(MachineWords.Machines.Select(choice => choice.Word), Words(cell.GetProperty("machine")));
        Assert.Equal(MachineWords.Accelerators.Select(choice => choice.Word), Words(cell.GetProperty("accel")));
        Assert.Equal(MachineWords.Firmwares.Select(choice => choice.Word), Words(cell.GetProperty("firmware")));
        Assert.Equal(MachineWords.Hypervisors.Select(choice => choice.Word), Words(cell.GetProperty("hypervisor")));
    }

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static IEnumerable<string> Names(JsonElement properties) =>
        properties.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Words(JsonElement described) =>
        described.GetProperty("enum").EnumerateArray().Select(word => word.GetString()!);

    private static JsonElement Load()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ToroCosmos.sln")))
        {
            folder = folder.Parent;
        }

        return JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "tests", "profiles.schema.json"))).RootElement;
    }
}

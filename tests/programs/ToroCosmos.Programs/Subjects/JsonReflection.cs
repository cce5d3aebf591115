using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Tasks;

namespace ToroCosmos.Programs.Subjects;

/// <summary>Serializers that find the members of a type by reflection.</summary>
internal static class JsonReflection
{
    public static ProgramGroup All { get; } = new(nameof(JsonReflection))
    {
        SerializeRecord, DeserializeRecord, Indented, NamingPolicies, IgnoreAndRename, EnumsAsText, CollectionsOfRecords, Dictionaries, Polymorphism,
        CustomConverter, NumbersFromText, BadText, MissingRequired, AnonymousTypes, Nodes, Documents, LowLevelWriter, LowLevelReader, Escapes,
        AsyncStreams, NullMembers, ReferenceCycle,
    };

    private static string SerializeRecord() => JsonSerializer.Serialize(new Person { Name = "Ada", Age = 36, Tags = ["x", "y"] });

    private static string DeserializeRecord()
    {
        Person person = JsonSerializer.Deserialize<Person>("""{ "Name": "Alan", "Tags": ["p", null], "Age": 41, "Other": {} }""")!;
        return Answer.Of(person.Name, person.Age, person.Tags);
    }

    private static string Indented() => JsonSerializer.Serialize(new Person { Name = "Ada", Age = 36, Tags = [] }, new JsonSerializerOptions { WriteIndented = true, IndentSize = 1 });

    private static string NamingPolicies() => Answer.Of(
        JsonSerializer.Serialize(new Point { XValue = 1 }, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase }),
        JsonSerializer.Serialize(new Point { XValue = 1 }, new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper }),
        JsonSerializer.Deserialize<Point>("""{"xvalue": 5}""", new JsonSerializerOptions(JsonSerializerDefaults.Web))!.XValue);

    private static string IgnoreAndRename() => Answer.Of(
        JsonSerializer.Serialize(new Account { Id = 7, Password = "secret" }), JsonSerializer.Deserialize<Account>("""{"identity": 8, "Password": "x"}""")!.Id);

    private static string EnumsAsText()
    {
        var options = new JsonSerializerOptions { Converters = { new JsonStringEnumConverter<DayOfWeek>() } };
        return Answer.Of(JsonSerializer.Serialize(DayOfWeek.Friday, options), JsonSerializer.Deserialize<DayOfWeek>("\"Monday\"", options), JsonSerializer.Serialize(DayOfWeek.Friday));
    }

    private static string CollectionsOfRecords()
    {
        List<Person> people = JsonSerializer.Deserialize<List<Person>>("""[{"Name":"a","Age":1,"Tags":[]},{"Name":"b","Age":2,"Tags":null}]""")!;
        return Answer.Of(people.Count, people[1].Name, people[1].Tags is null, JsonSerializer.Serialize(people.Select(person => person.Name).ToArray()));
    }

    private static string Dictionaries()
    {
        var map = JsonSerializer.Deserialize<Dictionary<string, string[]>>("""{"a": ["1"], "b": []}""")!;
        return Answer.Of(map["a"], map.Count, JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = "x", ["2"] = "y" }), JsonSerializer.Serialize(new SortedDictionary<string, object?> { ["n"] = null, ["i"] = 1 }));
    }

    private static string Polymorphism()
    {
        Shape[] shapes = [new Circle { Radius = 2 }, new Square { Side = 3 }];
        string text = JsonSerializer.Serialize(shapes);
        Shape[] back = JsonSerializer.Deserialize<Shape[]>(text)!;
        return Answer.Of(text, back.Select(shape => shape.GetType().Name));
    }

    private static string CustomConverter()
    {
        var options = new JsonSerializerOptions { Converters = { new VersionConverter() } };
        return Answer.Of(JsonSerializer.Serialize(new Version(1, 2), options), JsonSerializer.Deserialize<Version>("\"v3.4\"", options));
    }

    private static string NumbersFromText()
    {
        var options = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip };
        return Answer.Of(JsonSerializer.Deserialize<Point>("{\"XValue\": /* five */ \"5\",}", options)!.XValue, JsonSerializer.Serialize(1.5, options), JsonSerializer.Serialize(0.1m + 0.2m));
    }

    private static string BadText()
    {
        List<string> messages = [];
        foreach (string text in new[] { "{\"Name\": }", "[1,", "{\"Name\":\"x\",\"Age\":\"old\"}" })
        {
            try
            {
                messages.Add(JsonSerializer.Deserialize<Person>(text)!.Name);
            }
            catch (JsonException exception)
            {
                messages.Add($"{exception.Message} at {exception.Path}");
            }
        }

        return Answer.Of(messages);
    }

    private static string MissingRequired() => JsonSerializer.Deserialize<Needy>("{}")!.Must;

    private static string AnonymousTypes() => JsonSerializer.Serialize(new { A = "1", B = new[] { "x", null }, C = new { D = (string?)null } });

    private static string Nodes()
    {
        JsonNode node = JsonNode.Parse("""{"a": [1, {"b": true}], "c": null}""")!;
        node["a"]![1]!["b"] = "changed";
        node.AsObject().Add("d", new JsonArray(1, "two", 3.5));
        return Answer.Of(node.ToJsonString(), node["a"]![0]!.GetValue<int>(), node["a"]!.GetPath(), JsonNode.DeepEquals(node, node.DeepClone()));
    }

    private static string Documents()
    {
        using var document = JsonDocument.Parse("""{"items": [{"id": 1}, {"id": 22}], "text": "a\u00e9\n"}""");
        JsonElement root = document.RootElement;
        return Answer.Of(
            root.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()), root.GetProperty("text").GetString(), root.TryGetProperty("none", out _), root.EnumerateObject().Select(property => property.Name), root.GetProperty("items")[1].GetRawText());
    }

    private static string LowLevelWriter()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("name", "x<y>");
            writer.WriteStartArray("list");
            writer.WriteNumberValue(1.25m);
            writer.WriteNullValue();
            writer.WriteBooleanValue(true);
            writer.WriteBase64StringValue([1, 2, 3]);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string LowLevelReader()
    {
        var reader = new Utf8JsonReader("""{"a":[1,"x",false,null]}"""u8);
        List<string> tokens = [];
        while (reader.Read())
        {
            tokens.Add($"{reader.TokenType}@{reader.TokenStartIndex}/{reader.CurrentDepth}");
        }

        return Answer.Of(tokens, reader.BytesConsumed);
    }

    private static string Escapes() => Answer.Of(
        JsonSerializer.Serialize("é<&>\"\\\u0001\ud83d\ude00"), JsonSerializer.Serialize("é<&>", new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), JsonSerializer.Deserialize<string>("\"\\u0041\\ud83d\\ude00\\t\""));

    private static async Task<string> AsyncStreams()
    {
        using var stream = new MemoryStream();
        await JsonSerializer.SerializeAsync(stream, Enumerable.Range(0, 3000).Select(n => $"{n}"));
        stream.Position = 0;
        long length = 0;
        await foreach (string? text in JsonSerializer.DeserializeAsyncEnumerable<string>(stream))
        {
            length += text!.Length;
        }

        stream.Position = 0;
        string[]? all = await JsonSerializer.DeserializeAsync<string[]>(stream);
        return Answer.Of(stream.Length, length, all!.Length);
    }

    private static string NullMembers() => Answer.Of(
        JsonSerializer.Serialize(new Optional { When = new DateTime(2026, 11, 25, 1, 2, 3, DateTimeKind.Utc) }), JsonSerializer.Serialize(new Optional(), new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull }),
        JsonSerializer.Deserialize<Optional>("""{"Span":"01:02:03","Id":"00000000-0000-0000-0000-000000000001","Text":null}"""));

    private static string ReferenceCycle()
    {
        var node = new Link();
        node.Next = node;
        string preserved = JsonSerializer.Serialize(node, new JsonSerializerOptions { ReferenceHandler = ReferenceHandler.Preserve });
        try
        {
            return preserved + JsonSerializer.Serialize(node);
        }
        catch (JsonException exception)
        {
            return Answer.Of(preserved, exception.Message.Split('.')[0]);
        }
    }

    internal sealed class Person
    {
        public string Name { get; set; } = "";

        public int Age { get; set; }

        public string?[]? Tags { get; set; }
    }

    internal sealed record Optional
    {
        public DateTime When { get; init; }

        public TimeSpan Span { get; init; }

        public Guid Id { get; init; }

        public string? Text { get; init; }
    }

    internal sealed class Point
    {
        public int XValue { get; set; }
    }

    internal sealed class Account
    {
        [JsonPropertyName("identity")]
        [JsonPropertyOrder(1)]
        public int Id { get; set; }

        [JsonIgnore]
        public string? Password { get; set; }

        public string Kind => "fixed";

        [JsonInclude]
        internal int Hidden { get; set; } = 3;
    }

    internal sealed class Needy
    {
        public required string Must { get; init; }
    }

    internal sealed class Link
    {
        public Link? Next { get; set; }
    }

    [JsonDerivedType(typeof(Circle), "circle")]
    [JsonDerivedType(typeof(Square), "square")]
    internal abstract class Shape;

    internal sealed class Circle : Shape
    {
        public double Radius { get; set; }
    }

    internal sealed class Square : Shape
    {
        public double Side { get; set; }
    }

    private sealed class VersionConverter : JsonConverter<Version>
    {
        public override Version Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Version.Parse(reader.GetString()!.TrimStart('v'));

        public override void Write(Utf8JsonWriter writer, Version value, JsonSerializerOptions options) => writer.WriteStringValue($"v{value}");
    }
}

using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ToroCosmos.Programs.Subjects;

/// <summary>Serializers that are made when the program is compiled.</summary>
internal static partial class JsonSourceGenerated
{
    public static ProgramGroup All { get; } = new(nameof(JsonSourceGenerated)) { Serialize, Deserialize, Options, UnknownType, MissingRequired, Polymorphism, Schema };

    private static string Serialize() => JsonSerializer.Serialize(new Order(7, [new Item("pen", 1.5m, 2)], Status.Sent), OrderContext.Default.Order);

    private static string Deserialize()
    {
        Order order = JsonSerializer.Deserialize("""{"number":9,"items":[{"name":"ink","price":3,"count":1}],"status":"Open"}""", OrderContext.Default.Order)!;
        return Answer.Of(order.Number, order.Items[0].Name, order.Items[0].Price, order.Status);
    }

    private static string Options() => Answer.Of(
        OrderContext.Default.Options.WriteIndented, JsonSerializer.Serialize<Dictionary<string, Item>>(new() { ["a"] = new("b", 0, 0) }, OrderContext.Default.DictionaryStringItem));

    private static string UnknownType()
    {
        try
        {
            return JsonSerializer.Serialize(new JsonReflection.Link(), typeof(JsonReflection.Link), OrderContext.Default);
        }
        catch (System.InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static string MissingRequired()
    {
        try
        {
            return JsonSerializer.Deserialize("{}", OrderContext.Default.Label)!.Text;
        }
        catch (JsonException exception)
        {
            return exception.Message;
        }
    }

    private static string Polymorphism() => JsonSerializer.Serialize<Animal[]>([new Dog { Name = "Rex" }, new Animal { Name = "?" }], OrderContext.Default.AnimalArray);

    private static string Schema() => System.Text.Json.Schema.JsonSchemaExporter.GetJsonSchemaAsNode(OrderContext.Default.Item).ToJsonString();

    internal enum Status
    {
        Open,
        Sent,
    }

    internal sealed record Item(string Name, decimal Price, int Count);

    internal sealed record Order(int Number, List<Item> Items, Status Status);

    internal sealed class Label
    {
        public required string Text { get; set; }
    }

    [JsonDerivedType(typeof(Dog), "dog")]
    internal class Animal
    {
        public string? Name { get; set; }
    }

    internal sealed class Dog : Animal;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Dictionary<string, Item>))]
    [JsonSerializable(typeof(Label))]
    [JsonSerializable(typeof(Animal[]))]
    internal sealed partial class OrderContext : JsonSerializerContext;
}

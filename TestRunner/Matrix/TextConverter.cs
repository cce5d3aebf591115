using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TestRunner.Matrix;

/// <summary>Reads a value from a JSON string with the function that reads it on the command line.</summary>
/// <param name="parse">The function; it throws <see cref="FormatException"/>.</param>
internal sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("expected a text");
        }

        try
        {
            return parse(reader.GetString()!);
        }
        catch (FormatException exception)
        {
            // The serializer adds the place to an exception of its own kind only.
            throw new JsonException(exception.Message);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Profiles are only read.");
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SparseProp.Client.Documents;

namespace SparseProp.Client;

/// <summary>Reads what a server has answered, which may be anything.</summary>
internal static class AnswerReader
{
    /// <summary>What is wrong where the one who answers does not speak as a coordinator does.</summary>
    public const string Stranger = "something answers that is no coordinator";

    private const string Json = "application/json";

    // The serializer's own limit.
    private const int MostDepth = 64;

    /// <summary>Whether an answer is of the kind that coordinators give.</summary>
    public static bool IsOfCoordinator(HttpContentHeaders headers) => headers.ContentType?.MediaType is Json or ProblemDocument.MediaType;

    /// <exception cref="JsonException">It is no such document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> content, JsonTypeInfo<T> json)
    {
        RefuseAbsentElements(content);
        return JsonSerializer.Deserialize(content, json) ?? throw new JsonException("The document is null.");
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static T Read<T>(string line, JsonTypeInfo<T> json) => Read(Encoding.UTF8.GetBytes(line), json);

    /// <summary>What is wrong with an answer, and where in it.</summary>
    public static string Describe(JsonException malformed)
    {
        // A path may hold names of whoever has answered.
        var place = malformed.Path is { Length: > 0 } path && !path.Any(char.IsControl) ? $" (at {path})" : "";
        return $"the answer cannot be understood{place}; is the coordinator of another version than this program?";
    }

    // Absent members are refused by the serializer, absent elements are not. No list that this program reads has any.
    private static void RefuseAbsentElements(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, new JsonReaderOptions { MaxDepth = MostDepth });
        Span<bool> isList = stackalloc bool[MostDepth + 1];
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                isList[reader.CurrentDepth + 1] = reader.TokenType == JsonTokenType.StartArray;
            }
            else if (reader.TokenType == JsonTokenType.Null && isList[reader.CurrentDepth])
            {
                throw new JsonException($"An element of a list is null, at byte {reader.TokenStartIndex}.");
            }
        }
    }
}

using System.Net.Http.Headers;
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

    /// <summary>Whether an answer is of the kind that coordinators give.</summary>
    public static bool IsOfCoordinator(HttpContentHeaders headers) => headers.ContentType?.MediaType is Json or ProblemDocument.MediaType;

    /// <exception cref="JsonException">It is no such document.</exception>
    public static T Read<T>(ReadOnlySpan<byte> content, JsonTypeInfo<T> json) =>
        JsonSerializer.Deserialize(content, json) ?? throw new JsonException("The document is null.");

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte}, JsonTypeInfo{T})"/>
    public static T Read<T>(string line, JsonTypeInfo<T> json) =>
        JsonSerializer.Deserialize(line, json) ?? throw new JsonException("The document is null.");

    /// <summary>What is wrong with an answer, and where in it.</summary>
    public static string Describe(JsonException malformed)
    {
        // A path may hold names of whoever has answered.
        var place = malformed.Path is { Length: > 0 } path && !path.Any(char.IsControl) ? $" (at {path})" : "";
        return $"the answer cannot be understood{place}; is the coordinator of another version than this program?";
    }
}

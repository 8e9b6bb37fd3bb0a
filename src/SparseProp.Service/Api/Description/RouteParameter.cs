using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace SparseProp.Service.Api.Description;

/// <summary>Says of a parameter what callers need to know.</summary>
internal interface IDescribedParameter
{
    OpenApiParameter Describe();
}

/// <summary>A parameter in a request's path or query. One object reads it and describes it, so that the two agree.</summary>
/// <param name="name">Its name.</param>
/// <param name="place">Where it stands.</param>
/// <param name="meaning">What it is, in a few words.</param>
/// <param name="form">What it looks like, as the end of "NAME is ...".</param>
/// <param name="standard">What it is where a request does not have it.</param>
/// <param name="read">Reads it.</param>
/// <param name="schema">Its form in JSON Schema.</param>
internal sealed class RouteParameter<T>(
    string name, ParameterLocation place, string meaning, string form, T standard, RouteParameter<T>.Reading read, Func<OpenApiSchema> schema)
    : IDescribedParameter
{
    internal delegate bool Reading(string text, out T value);

    /// <exception cref="ApiException">It cannot be right.</exception>
    public T Of(HttpContext context)
    {
        var texts = context.Request.Query[name];
        var text = place == ParameterLocation.Path ? context.GetRouteValue(name) as string ?? "" : texts.ToString();
        if (text.Length == 0 && place == ParameterLocation.Query)
        {
            return standard;
        }

        return (place == ParameterLocation.Path || texts.Count == 1) && read(text, out var value)
            ? value
            : throw ApiException.BadRequest($"{name} is {form}");
    }

    public OpenApiParameter Describe() => new()
    {
        Name = name,
        In = place,
        Required = place == ParameterLocation.Path,
        Description = meaning,
        Schema = schema(),
    };
}

/// <summary>Makes the kinds of parameters there are.</summary>
internal static class RouteParameter
{
    /// <summary>A whole number in the query, within bounds.</summary>
    public static RouteParameter<long> Whole(string name, string meaning, long standard, long least, long most) => new(
        name,
        ParameterLocation.Query,
        meaning,
        FormOfWhole(least, most),
        standard,
        (text, out value) => TryRead(text, least, most, out value),
        () => SchemaOfWhole(least, most, standard));

    /// <summary>A whole number in the query, within bounds, or null where there is none.</summary>
    public static RouteParameter<long?> OptionalWhole(string name, string meaning, long least, long most) => new(
        name,
        ParameterLocation.Query,
        meaning,
        FormOfWhole(least, most),
        null,
        (text, out value) =>
        {
            var isRead = TryRead(text, least, most, out var number);
            value = number;
            return isRead;
        },
        () => SchemaOfWhole(least, most, null));

    /// <summary>A whole number in the path, from 0 on.</summary>
    public static RouteParameter<long> PathWhole(string name, string meaning, long most) => new(
        name,
        ParameterLocation.Path,
        meaning,
        FormOfWhole(0, most),
        0,
        (text, out value) => TryRead(text, 0, most, out value),
        () => SchemaOfWhole(0, most, null));

    /// <summary>Text in the path.</summary>
    public static RouteParameter<string> PathText(string name, string meaning, string form, int longest, string pattern, Func<string, bool> isRight) =>
        new(
            name,
            ParameterLocation.Path,
            meaning,
            form,
            "",
            (text, out value) => (value = text).Length <= longest && isRight(text),
            () => new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = longest, Pattern = pattern });

    /// <summary>Text in the query, without control characters; null where there is none.</summary>
    public static RouteParameter<string?> Text(string name, string meaning, int longest) => new(
        name,
        ParameterLocation.Query,
        meaning,
        string.Create(CultureInfo.InvariantCulture, $"text of at most {longest} characters, none of them a control character"),
        null,
        (text, out value) => (value = text).Length <= longest && !text.Any(char.IsControl),
        () => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = longest });

    /// <summary>One of some words in the query.</summary>
    public static RouteParameter<T> Word<T>(string name, string meaning, T standard, IReadOnlyList<(string Word, T Value)> words) => new(
        name,
        ParameterLocation.Query,
        meaning,
        $"one of {string.Join(", ", words.Select(word => word.Word))}",
        standard,
        (text, out value) =>
        {
            var found = words.Where(word => word.Word == text).ToList();
            value = found.Count > 0 ? found[0].Value : standard;
            return found.Count > 0;
        },
        () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. words.Select(word => (JsonNode)word.Word)],
            Default = words.First(word => Equals(word.Value, standard)).Word,
        });

    /// <summary><c>true</c> or <c>false</c> in the query; false where it is left out.</summary>
    public static RouteParameter<bool> Truth(string name, string meaning) => new(
        name,
        ParameterLocation.Query,
        meaning,
        "true or false",
        false,
        (text, out value) => (value = text == "true") || text == "false",
        () => new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = false });

    private static bool TryRead(string text, long least, long most, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;

    private static string FormOfWhole(long least, long most) =>
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    private static OpenApiSchema SchemaOfWhole(long least, long most, long? standard) => new()
    {
        Type = JsonSchemaType.Integer,
        Format = "int64",
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
        Default = standard,
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace SparseProp.Cluster.Tests.Api;

/// <summary>What the API's own description promises, to hold its answers against. What a schema does not name must not be there.</summary>
internal sealed class ApiContract
{
    private const string Components = "#/components/schemas/";
    private const string Definitions = "#/$defs/";

    private readonly JsonObject _document;
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    private ApiContract(JsonObject document)
    {
        _document = document;
        Operations =
        [
            .. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
                operation => new ApiOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()))),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public JsonObject Document => _document;

    public static async Task<ApiContract> ReadAsync(Uri address, string? token = null)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
        var text = await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        return new ApiContract(JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>Fails where an answer is not as described.</summary>
    public void Check(ApiOperation operation, int status, string? mediaType, string text)
    {
        var answer = operation.Answer(status);
        Assert.True(answer is not null, $"{operation} answered {status}, which is not described");
        if (answer["content"] is not JsonObject content)
        {
            Assert.Equal((null, ""), (mediaType, text));
            return;
        }

        Assert.True(content.ContainsKey(mediaType ?? ""), $"{operation} answered {status} as {mediaType}, which is not described");
        if (mediaType!.EndsWith("json", StringComparison.Ordinal))
        {
            Check($"{operation} {status}", content[mediaType]!["schema"]!, text);
        }
    }

    /// <summary>Fails where a document is not as a component says.</summary>
    public void CheckComponent(string name, string text) => Check(name, new JsonObject { ["$ref"] = Components + name }, text);

    private void Check(string what, JsonNode schema, string text)
    {
        using var json = JsonDocument.Parse(text);
        var result = SchemaOf(schema).Evaluate(json.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        Assert.True(
            result.IsValid,
            $"{what} is not as described: {string.Join("; ", (result.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(
                detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")))}\n{text}");
    }

    private JsonSchema SchemaOf(JsonNode schema)
    {
        var key = schema.ToJsonString();
        if (!_schemas.TryGetValue(key, out var built))
        {
            var root = new JsonObject
            {
                ["allOf"] = new JsonArray(schema.DeepClone()),
                ["$defs"] = _document["components"]!["schemas"]!.DeepClone(),
            };
            Close(root["allOf"]![0]!);
            foreach (var (_, definition) in root["$defs"]!.AsObject())
            {
                Close(definition!);
            }

            built = JsonSchema.FromText(root.ToJsonString().Replace(Components, Definitions, StringComparison.Ordinal));
            _schemas.Add(key, built);
        }

        return built;
    }

    private static void Close(JsonNode schema)
    {
        if (schema is not JsonObject form)
        {
            return;
        }

        if (form["properties"] is JsonObject properties)
        {
            foreach (var (_, property) in properties)
            {
                Close(property!);
            }

            form["additionalProperties"] ??= false;
        }

        foreach (var below in new[] { form["items"], form["additionalProperties"] }.OfType<JsonObject>())
        {
            Close(below);
        }

        foreach (var below in new[] { form["oneOf"], form["anyOf"], form["allOf"] }.OfType<JsonArray>().SelectMany(list => list))
        {
            Close(below!);
        }
    }
}

/// <summary>One operation of the description.</summary>
internal sealed record ApiOperation(string Method, string Path, JsonObject Said)
{
    public IReadOnlyList<JsonObject> Parameters => [.. (Said["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject())];

    public IReadOnlyList<int> Statuses =>
        [.. Said["responses"]!.AsObject().Select(answer => int.Parse(answer.Key, System.Globalization.CultureInfo.InvariantCulture))];

    public JsonObject? Answer(int status) => Said["responses"]![FormattableString.Invariant($"{status}")]?.AsObject();

    public override string ToString() => $"{Method} {Path}";
}

using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Service.Api;

/// <summary>Points as JSON, under the names that exports have for their columns; null where a record does not have one.</summary>
internal static class PointJson
{
    private const string DivergentDigests = "divergent_digests";

    private static readonly IReadOnlyList<RecordColumn> BriefColumns = BriefOf(RecordColumns.Published);

    /// <summary>Parameters, main figures, and what it cost or why it failed; columns as <see cref="BriefOf"/> chooses them.</summary>
    public static JsonObject Brief(PointRecord record, IReadOnlyList<RecordColumn> columns) => Of(record, columns);

    /// <summary>Those of a store's columns that a page of points tells.</summary>
    public static IReadOnlyList<RecordColumn> BriefOf(RecordColumns columns) =>
    [
        .. ((string[])
            [
                "index", "key", "status", .. columns.Parameters.Where(parameter => !parameter.IsOfTraining).Select(parameter => parameter.Name),
                "spikes", "simulated_s", "rate_hz", "cv_isi", .. columns.PopulationStatistics.Select(statistic => statistic.Name), "stationary", "synaptic_events",
                "wall_s", "cpu_s", "ns_per_synaptic_event", "host", "error_kind", "error", "attempts", "finished_utc",
                "training_task", "seed_data", "loss", "accuracy",
            ])
            .Select(columns.Find).OfType<RecordColumn>(),
    ];

    /// <summary>All columns, lists among them, and the digests of second results that contradict the first.</summary>
    public static JsonObject Whole(PointRecord record, IReadOnlyList<PointRecord> divergent)
    {
        var json = Of(record, RecordColumns.In(record).All);
        json[DivergentDigests] = new JsonArray([.. divergent.Select(other => (JsonNode?)RecordColumns.DigestOf(other))]);
        return json;
    }

    public static OpenApiSchema BriefSchema() => SchemaOf(BriefColumns);

    public static OpenApiSchema WholeSchema()
    {
        var schema = SchemaOf(RecordColumns.Published.All);
        schema.Properties![DivergentDigests] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = new OpenApiSchema { Type = JsonSchemaType.String },
            Description = "digests of second results that contradict the first",
        };
        schema.Required!.Add(DivergentDigests);
        return schema;
    }

    public static OpenApiSchema PageSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["points"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = BriefSchema() },
            ["next"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Description = "what the next page comes after; left out where this is the last",
            },
            ["damage"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String },
                Description = "parts of the store that cannot be read; what they held is missing",
            },
        },
        Required = new HashSet<string> { "points", "damage" },
    };

    private static JsonObject Of(PointRecord record, IReadOnlyList<RecordColumn> columns) =>
        new(columns.Select(column => KeyValuePair.Create(column.Name, NodeOf(column.FiniteValue(record)))));

    private static JsonNode? NodeOf(object? value) => value switch
    {
        null => null,
        bool truth => truth,
        long whole => whole,
        double number => number,
        Series list => new JsonArray([.. list.Select(number => double.IsFinite(number) ? (JsonNode)number : null)]),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static OpenApiSchema SchemaOf(IReadOnlyList<RecordColumn> columns) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = columns.ToDictionary(column => column.Name, IOpenApiSchema (column) => SchemaOf(column)),
        Required = columns.Select(column => column.Name).ToHashSet(),
    };

    private static OpenApiSchema SchemaOf(RecordColumn column) => new()
    {
        Type = JsonSchemaType.Null | column.Kind switch
        {
            ColumnKind.Text => JsonSchemaType.String,
            ColumnKind.Whole => JsonSchemaType.Integer,
            ColumnKind.Number => JsonSchemaType.Number,
            ColumnKind.Truth => JsonSchemaType.Boolean,
            _ => JsonSchemaType.Array,
        },
        Items = column.Kind == ColumnKind.List ? new OpenApiSchema { Type = JsonSchemaType.Null | JsonSchemaType.Number } : null,
        Description = column.Unit.Length == 0 ? column.Meaning : $"{column.Meaning}, in {column.Unit}",
    };
}

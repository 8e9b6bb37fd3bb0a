using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SparseProp.Client.Documents;

namespace SparseProp.Client;

/// <summary>How documents become JSON, and back: snake_case, without what is absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SubmissionDocument))]
[JsonSerializable(typeof(SweepListDocument))]
[JsonSerializable(typeof(PriorityDocument))]
[JsonSerializable(typeof(FileListDocument))]
[JsonSerializable(typeof(ClusterDocument))]
[JsonSerializable(typeof(WorkerListDocument))]
[JsonSerializable(typeof(LeasedPointsDocument))]
[JsonSerializable(typeof(MemberListDocument))]
[JsonSerializable(typeof(MemberAddressDocument))]
[JsonSerializable(typeof(DownedDocument))]
[JsonSerializable(typeof(StateDocument))]
[JsonSerializable(typeof(DeletedSweepDocument))]
[JsonSerializable(typeof(NoticeDocument))]
[JsonSerializable(typeof(LogLineDocument))]
[JsonSerializable(typeof(PaletteListDocument))]
[JsonSerializable(typeof(PaletteLineDocument))]
[JsonSerializable(typeof(PaletteOutputDocument))]
[JsonSerializable(typeof(CompletionsDocument))]
[JsonSerializable(typeof(PointPageDocument))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(TableDocument))]
[JsonSerializable(typeof(HealthDocument))]
[JsonSerializable(typeof(ProblemDocument))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>How a value of an enumeration is written.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

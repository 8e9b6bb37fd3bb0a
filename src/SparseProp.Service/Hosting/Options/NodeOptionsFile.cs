using System.Text.Json;
using SparseProp.Results.Texts;

namespace SparseProp.Service.Hosting.Options;

/// <summary>A node's configuration file: a JSON object with the flags' names for keys. Comments and a comma at the end are no errors.</summary>
internal static class NodeOptionsFile
{
    private static readonly JsonDocumentOptions Form = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <summary>The file's settings as texts, elements of a list with commas between them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="errors">Is told what is wrong with it.</param>
    public static Dictionary<string, string> Read(string path, ICollection<string> errors)
    {
        try
        {
            using var document = JsonDocument.Parse(SmallFile.ReadText(path), Form);
            return document.RootElement.EnumerateObject().ToDictionary(
                setting => setting.Name, setting => TextOf(setting, path, errors));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            errors.Add($"--config: {path} is no JSON object that can be read: {error.Message}");
            return [];
        }
    }

    private static string TextOf(JsonProperty setting, string path, ICollection<string> errors)
    {
        JsonElement[] values = setting.Value.ValueKind == JsonValueKind.Array ? [.. setting.Value.EnumerateArray()] : [setting.Value];
        foreach (var value in values.Where(value => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
        {
            errors.Add($"{path}: {setting.Name}: takes one value, or a list of them, not {value.GetRawText()}");
        }

        return string.Join(',', values.Select(value => value.ToString()));
    }
}

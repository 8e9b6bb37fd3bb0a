using System.Text.Json;
using System.Text.Json.Nodes;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>How commands print named facts: as JSON for programs, or one to a line.</summary>
internal static class Facts
{
    private const int LeastNameWidth = 24;
    private const int Gap = 2;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Print(JsonObject facts, bool json)
    {
        if (json)
        {
            return facts.ToJsonString(Indented);
        }

        var width = facts.Select(fact => fact.Key.Length + Gap).Append(LeastNameWidth).Max();
        return string.Join('\n', facts.Select(fact => $"{fact.Key.PadRight(width)}{VisibleText.Line(Text(fact.Value))}"));
    }

    // A list in one line.
    private static string Text(JsonNode? value) => value switch
    {
        null => "-",
        JsonValue => value.ToString(),
        _ => value.ToJsonString(),
    };
}

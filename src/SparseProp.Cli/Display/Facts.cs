using System.Text.Json;
using System.Text.Json.Nodes;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>How commands print named facts: as JSON for programs, or one to a line.</summary>
internal static class Facts
{
    private const int LeastNameWidth = 24;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Print(JsonObject facts, bool json)
    {
        if (json)
        {
            return facts.ToJsonString(Indented);
        }

        return FactLayout.Of([.. facts.Select(fact => (fact.Key, VisibleText.Line(Text(fact.Value))))], LeastNameWidth, TerminalTable.Width);
    }

    // A list in one line.
    private static string Text(JsonNode? value) => value switch
    {
        null => "-",
        JsonValue => value.ToString(),
        _ => value.ToJsonString(),
    };
}

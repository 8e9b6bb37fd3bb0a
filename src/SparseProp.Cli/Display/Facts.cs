using System.Text.Json;
using System.Text.Json.Nodes;
using SparseProp.Results.Texts;

namespace SparseProp.Cli.Display;

/// <summary>How commands print named facts: as JSON for programs, or one to a line.</summary>
internal static class Facts
{
    private const int NameWidth = 24;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Print(JsonObject facts, bool json) => json
        ? facts.ToJsonString(Indented)
        : string.Join('\n', facts.Select(fact => $"{fact.Key,-NameWidth}{VisibleText.Line(fact.Value?.ToString() ?? "-")}"));
}

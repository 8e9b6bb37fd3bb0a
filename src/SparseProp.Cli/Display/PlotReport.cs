using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Plots;

namespace SparseProp.Cli.Display;

/// <summary>What a figure shows in numbers: its power laws as text, all of it as JSON.</summary>
internal static class PlotReport
{
    /// <summary>A line for each fit or refusal of one; nothing where none was asked for.</summary>
    public static string Text(Figure figure)
    {
        var text = new StringBuilder();
        foreach (var panel in figure.Panels)
        {
            foreach (var series in panel.Series)
            {
                if (series.Fit is { } fit)
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"""
                        {panel.Y.Name}, {series.Label}: {fit.Coefficient:G4} {figure.X.Name}^{fit.Exponent:F4}, exponent {fit.Low:F4} to {fit.High:F4} with 95 % confidence, {fit.Points} points
                        """);
                }
                else if (series.FitRefusal is { } refusal)
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"{panel.Y.Name}, {series.Label}: {refusal}");
                }
            }
        }

        return text.ToString();
    }

    public static string Json(Figure figure, IReadOnlyList<string> files) => new JsonObject
    {
        ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]),
        ["x"] = JsonOf(figure.X),
        ["panels"] = new JsonArray([.. figure.Panels.Select(JsonOf)]),
        ["notes"] = new JsonArray([.. figure.Notes.Select(note => (JsonNode)note)]),
    } + Environment.NewLine;

    private static JsonObject JsonOf(FigureAxis axis) =>
        new() { ["name"] = axis.Name, ["label"] = axis.Label, ["logarithmic"] = axis.IsLogarithmic };

    private static JsonNode JsonOf(FigurePanel panel) => new JsonObject
    {
        ["y"] = JsonOf(panel.Y),
        ["series"] = new JsonArray([.. panel.Series.Select(JsonOf)]),
        ["references"] = new JsonArray([.. panel.References.Select(JsonOf)]),
    };

    private static JsonNode JsonOf(FigureSeries series) => new JsonObject
    {
        ["label"] = series.Label,
        ["by"] = new JsonObject(series.Group.Select(part => KeyValuePair.Create(part.Key, ValueOf(part.Value)))),
        ["points"] = new JsonArray([.. series.Points.Select(JsonOf)]),
        ["fit"] = series.Fit is { } fit ? JsonOf(fit) : null,
        ["fit_refusal"] = series.FitRefusal,
    };

    private static JsonNode JsonOf(FigurePoint point) => new JsonObject
    {
        ["x"] = point.X,
        ["y"] = point.Y,
        ["sem"] = double.IsFinite(point.StandardError) ? point.StandardError : null,
        ["half_width"] = double.IsFinite(point.HalfWidth) ? point.HalfWidth : null,
        ["n"] = point.Count,
    };

    private static JsonObject JsonOf(PowerLaw fit) => new()
    {
        ["coefficient"] = fit.Coefficient,
        ["exponent"] = fit.Exponent,
        ["exponent_low"] = fit.Low,
        ["exponent_high"] = fit.High,
        ["confidence"] = StudentQuantile.Confidence,
        ["points"] = fit.Points,
    };

    private static JsonNode? ValueOf(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text;
}

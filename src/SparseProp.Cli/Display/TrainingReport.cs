using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Cli.Display;

/// <summary>What <c>train</c> prints, under the names of the store's columns.</summary>
internal static class TrainingReport
{
    /// <summary>Columns of simulations, of which training has nothing to say.</summary>
    private static readonly string[] LeftOut =
    [
        "index", "excitatory_fraction", "g", "eta", "chebyshev_order", "topology", "burn_in_unit", "burn_in_amount", "record", "lyapunov",
        "cv_neurons", "stop_unit", "attempts", "contended", "busy_slots",
    ];

    public static string Print(PointRecord record, bool json)
    {
        var facts = new JsonObject();
        foreach (var column in RecordColumns.Published.All.Where(column => !LeftOut.Contains(column.Name)))
        {
            if (NodeOf(column.FiniteValue(record)) is { } value && (json || column.Kind != ColumnKind.List))
            {
                facts[column.Name] = value;
            }
        }

        return Facts.Print(facts, json);
    }

    /// <summary>One line: how far, how well, how long.</summary>
    public static string Line(string name, double share, TimeSpan elapsed, LearningCurve curve)
    {
        var loss = curve.ValidationLoss.Count == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $", iteration {curve.Iterations[^1]:0}, loss {curve.ValidationLoss[^1]:G4} (untrained {curve.ValidationLoss[0]:G4})");
        var accuracy = curve.Accuracy.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {100 * curve.Accuracy[^1]:0.0} % right");
        var left = share > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds * (1 - share) / share)):c} left")
            : "";
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {100 * share:0} %{loss}{accuracy}{left}");
    }

    private static JsonNode? NodeOf(object? value) => value switch
    {
        null => null,
        string text => text,
        long whole => whole,
        double number => number,
        bool truth => truth,
        Series series => series.Count == 0 ? null : new JsonArray([.. series.Select(number => double.IsFinite(number) ? (JsonNode?)number : null)]),
        _ => null,
    };
}

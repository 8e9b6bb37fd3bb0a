using System.Globalization;
using SparseProp.Client.Documents;
using SparseProp.Execution.Checks;
using SparseProp.Results.Plots;
using SparseProp.Results.Store;
using SparseProp.Results.Tables;
using SparseProp.Service.Api;
using SparseProp.Sweeps;

namespace SparseProp.Service.Dashboard;

/// <summary>What a sweep has come to so far, from its store: means over seeds, points that went wrong, and a figure.</summary>
internal static class SweepResults
{
    private const int MostRows = 200;
    private const int MostPoints = 20;
    private const float FigureWidth = 480;

    /// <summary>What a figure may show upwards; whatever a sweep records besides is left to <c>sparseprop results plot</c>.</summary>
    private static readonly IReadOnlyList<string> OfSimulations = ["rate_hz", "cv_isi", "ns_per_synaptic_event", "us_per_spike", "wall_s"];

    private static readonly IReadOnlyList<string> OfTraining = ["loss", "accuracy", "weight_error", "us_per_spike", "wall_s"];

    /// <inheritdoc cref="OfSimulations"/>
    public static IReadOnlyList<string> ValuesOf(SweepPlan plan) => plan.Spec.Training is null ? OfSimulations : OfTraining;

    /// <summary>Parameters of a sweep that have numbers to draw over.</summary>
    public static IReadOnlyList<string> AxesOf(SweepPlan plan) =>
        [.. plan.Axes.Where(axis => !axis.IsReplicate && !axis.Parameter.IsText).Select(axis => axis.Name)];

    /// <summary>Reads the store.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static Html Read(string folder, CancellationToken cancellation)
    {
        var plan = SweepTable.PlanOf(folder);
        List<string> damage = [];
        var table = SweepTable.Of(plan, folder, onDamage: part => damage.Add(part.Message), cancellation: cancellation).Table;
        return Html.Of($"""
            {Means(table)}
            {Html.All(table.Notes().Select(note => Html.Of($"""<p>{note}</p>""")))}
            {Asked(SweepOutcome.Of(plan, folder))}
            {Failed(PointPage.Read(folder, PointSelection.Failed, after: -1, MostPoints, cancellation))}
            {Divergent(PointPage.Read(folder, PointSelection.Divergent, after: -1, MostPoints, cancellation))}
            {Html.All(damage.Select(part => Html.Of($"""<p class="bad">! {part}</p>""")))}
            """);
    }

    /// <summary>Draws the figure.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="x">The parameter to the right; null for the first that varies.</param>
    /// <param name="y">The value upwards.</param>
    /// <returns>The figure; null where there is nothing to draw yet.</returns>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static string? Draw(string folder, string? x, string y)
    {
        var plan = SweepTable.PlanOf(folder);
        var (axes, values) = (AxesOf(plan), ValuesOf(plan));
        var axis = x is not null && axes.Contains(x) ? x : axes is [var first, ..] ? first : null;
        if (axis is null)
        {
            return null;
        }

        try
        {
            var columns = PlanColumns.Of(plan.Spec);
            var question = new ScalingQuestion(
                GroupColumn.Named([axis], columns)[0], ReplicateTable.Named([values.Contains(y) ? y : values[0]]), By: null);
            var figure = ScalingFigure.Of(question, () => StoreReader.Read(folder).Where(record => plan.TryIndexOf(record.Parameters, record.Key, out _)), columns);
            return FigureSvg.Inline(figure, FigureWidth, "plot-");
        }
        catch (NothingToPlotException)
        {
            return null;
        }
    }

    private static Html Means(ReplicateTable table) => table.Rows.Count == 0
        ? Html.Of($"<p>Nothing is recorded yet.</p>")
        : Page.Table(
            table.Rows.Count > MostRows ? $"Means over seeds, with 95 % confidence intervals, the first {MostRows} of {table.Rows.Count} rows" : "Means over seeds, with 95 % confidence intervals",
            [.. table.Columns, .. table.Values.Select(value => value.Name), "seeds", "failed"],
            table.Rows.Take(MostRows).Select(row => Page.Row(
                Html.Of($"{row.Group[0]}"),
                [
                    .. row.Group.Skip(1),
                    .. table.TextsOf(row),
                    row.Seeds.ToString(CultureInfo.InvariantCulture),
                    row.Failed.ToString(CultureInfo.InvariantCulture),
                ])));

    /// <summary>What is not as the file asks for, and what cannot be told.</summary>
    private static Html Asked(SweepOutcome outcome)
    {
        List<string> missed = [.. outcome.Expectations.Where(expectation => !expectation.Met).Select(expectation => expectation.ToString())];
        missed.AddRange(outcome.NotReached.Select(group => group.ToString()));
        var more = missed.Count > MostRows ? Html.Of($"<li>and {missed.Count - MostRows} more</li>") : new Html();
        return (outcome.Expectations.Count, outcome.Precision.Count) is (0, 0)
            ? new Html()
            : Html.Of($"""
            <h2>What the file asks for</h2>
            {(outcome.Expectations.Count > 0 ? Html.Of($"<p>{ExpectationOutcome.Summary(outcome.Expectations)}.</p>") : new Html())}
            {(outcome.Precision.Count > 0 ? Html.Of($"<p>{outcome.Precision.Count(group => group.Reached)} of {outcome.Precision.Count} points are known as well as <code>until</code> asks for.</p>") : new Html())}
            <ul class="notices">{Html.All(missed.Take(MostRows).Select(line => Html.Of($"<li>{line}</li>")))}{more}</ul>
            """);
    }

    private static Html Failed(PointPageDocument page) => page.Points.Count == 0
        ? new Html()
        : Page.Table(page.Next is null ? "Failed points" : $"The first {MostPoints} failed points", ["index", "error", "attempts"], page.Points.Select(
            point => Page.Row(Html.Of($"{point["index"]?.ToString()}"), $"{point["error_kind"]}: {point["error"]}", $"{point["attempts"]}")));

    private static Html Divergent(PointPageDocument page) => page.Points.Count == 0
        ? new Html()
        : Page.Table(page.Next is null ? "Divergent points" : $"The first {MostPoints} divergent points", ["index", "host", "finished"], page.Points.Select(
            point => Page.Row(Html.Of($"{point["index"]?.ToString()}"), $"{point["host"]}", $"{point["finished_utc"]}")));
}

using SparseProp.Results.Records;
using SparseProp.Results.Tables;
using SparseProp.Results.Texts;

namespace SparseProp.Results.Plots;

/// <summary>Which axes are logarithmic.</summary>
public enum LogarithmicAxes
{
    /// <summary>An axis whose values are positive and span more than a factor of ten.</summary>
    Automatic,
    None,
    X,
    Y,
    Both,
}

/// <summary>What a <see cref="ScalingFigure"/> draws.</summary>
/// <param name="X">The parameter to the right.</param>
/// <param name="Values">A panel for each.</param>
/// <param name="By">A series for each combination of their values; null for all parameters that vary.</param>
public sealed record ScalingQuestion(GroupColumn X, IReadOnlyList<RecordColumn> Values, IReadOnlyList<GroupColumn>? By)
{
    public LogarithmicAxes Logarithmic { get; init; }

    /// <summary>Whether to fit power laws; null: where both axes are logarithmic.</summary>
    public bool? FitsPowerLaws { get; init; }

    public IReadOnlyList<ReferenceCurve> References { get; init; } = [];
}

/// <summary>Values over a parameter: means over replicates with their 95 % confidence intervals, and power laws through them.</summary>
public static class ScalingFigure
{
    private const double LogarithmicSpan = 10;

    /// <summary>What is smaller by this factor than the largest value comes from arithmetic, and decides no axis.</summary>
    internal const double Rounding = 1e-12;

    private static readonly Comparer<double[]> ByValues = Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));

    /// <summary>Reads the records once, twice where <see cref="ScalingQuestion.By"/> is null; memory grows with the groups only.</summary>
    /// <param name="question">What to draw.</param>
    /// <param name="read">Reads the records anew.</param>
    /// <param name="columns">What they have.</param>
    /// <exception cref="ArgumentException">A reference has no place in the figure, or the parameter is no number.</exception>
    /// <exception cref="NothingToPlotException">No record, or none with one of the values.</exception>
    public static Figure Of(ScalingQuestion question, Func<IEnumerable<PointRecord>> read, RecordColumns columns)
    {
        RefuseMisfits(question);
        var by = question.By ?? VaryingBeside(question.X, read(), columns);
        var variety = new ParameterVariety(columns);
        var times = new ContendedTimes();
        IReadOnlyList<GroupColumn> groups = [question.X, .. by.Where(column => column != question.X)];
        var table = ReplicateTable.Of(times.Looking(variety.Looking(read())), groups, question.Values);
        if (table.Rows.Count == 0)
        {
            throw NothingToPlotException.EmptyStore();
        }

        var failed = table.Rows.Sum(row => row.Failed);
        if (table.Rows.All(row => row.Seeds == 0))
        {
            throw NothingToPlotException.NoResult(failed);
        }

        var figure = Of(question, table);
        return figure with
        {
            Notes = [.. figure.Notes, .. variety.Notes(groups), .. FailedPoints(failed), .. times.Notes(question.Values), .. table.Notes()],
        };
    }

    /// <param name="question">What to draw; <see cref="ScalingQuestion.By"/> is not read.</param>
    /// <param name="table">Has X and all values among its columns; its other columns make the series.</param>
    /// <exception cref="NothingToPlotException">None with one of the values.</exception>
    internal static Figure Of(ScalingQuestion question, ReplicateTable table)
    {
        var x = table.Columns.ToList().IndexOf(question.X.Name);
        var rows = table.Rows.Where(row => row.Seeds > 0).ToList();
        var series = rows
            .GroupBy(row => string.Join('\n', row.Group.Where((_, i) => i != x)))
            .OrderBy(group => (double[])[.. group.First().Order.Where((_, i) => i != x)], ByValues)
            .Select(group => group.OrderBy(row => row.Order[x]).ToList())
            .ToList();
        var axis = new FigureAxis(
            question.X.Name,
            ColumnLabel.Of(question.X.Column),
            IsLogarithmic(
                question.Logarithmic,
                LogarithmicAxes.X,
                rows.Select(row => row.Order[x]).Concat(question.References.SelectMany(r => r.Points).Select(p => p.X))));
        List<string> notes = [];
        var panels = question.Values
            .Select(value => PanelOf(question, table, series, x, axis, value, notes))
            .ToList();
        var shown = Enumerable.Range(0, series.Count).Where(i => panels.Any(panel => panel.Series[i].Points.Count > 0)).ToList();
        return new Figure(axis, [.. panels.Select(panel => panel with { Series = [.. shown.Select(i => panel.Series[i])] })], notes);
    }

    /// <summary>What readers must know of points that failed.</summary>
    internal static IEnumerable<string> FailedPoints(int count)
    {
        if (count > 0)
        {
            yield return $"{Counted.Of(count, "point failed and is", "points failed and are")} not shown";
        }
    }

    private static FigurePanel PanelOf(
        ScalingQuestion question,
        ReplicateTable table,
        List<List<ReplicateRow>> series,
        int x,
        FigureAxis axis,
        RecordColumn value,
        List<string> notes)
    {
        var column = table.Values.ToList().IndexOf(value);
        var points = series
            .Select(rows => rows
                .Where(row => row.Values[column].Count > 0)
                .Select(row => PointOf(row.Order[x], value, row, row.Values[column]))
                .ToList())
            .ToList();
        var references = question.References.Where(reference => reference.Y == value).ToList();
        var isLogarithmic = IsLogarithmic(
            question.Logarithmic, LogarithmicAxes.Y, points.SelectMany(p => p).Concat(references.SelectMany(r => r.Points)).Select(p => p.Y));
        var y = new FigureAxis(value.Name, ColumnLabel.Of(value), isLogarithmic);
        var left = points.Sum(list => list.RemoveAll(p => (axis.IsLogarithmic && p.X <= 0) || (y.IsLogarithmic && p.Y <= 0)));
        if (y.IsLogarithmic)
        {
            var scale = points.SelectMany(list => list).Select(p => p.Y).DefaultIfEmpty(0).Max();
            var rounding = points.Sum(list => list.RemoveAll(p => p.Y < Rounding * scale));
            if (rounding > 0)
            {
                notes.Add($"{rounding} {(rounding == 1 ? "mean" : "means")} of {value.Name} below {Rounding:0e0} of the largest: rounding, not shown");
            }
        }

        if (left > 0)
        {
            notes.Add($"{left} {(left == 1 ? "mean" : "means")} of {value.Name} not positive: no place on a logarithmic axis");
        }

        if (points.All(list => list.Count == 0))
        {
            throw NothingToPlotException.NoValue(value.Name, left);
        }

        var fits = question.FitsPowerLaws ?? (axis.IsLogarithmic && y.IsLogarithmic);
        return new FigurePanel(
            y,
            [.. series.Zip(points, (rows, list) => SeriesOf(GroupOf(table, rows[0], x), list, fits))],
            [.. references.Select(reference => new FigureSeries(reference.Label, SeriesForm.Line, reference.Points))]);
    }

    private static FigureSeries SeriesOf(IReadOnlyList<KeyValuePair<string, string>> group, List<FigurePoint> points, bool fits)
    {
        string? refusal = null;
        var fit = fits ? PowerLaw.Fit(points, out refusal) : null;
        return new FigureSeries(SeriesLabel.Of(group), SeriesForm.Markers, points) { Group = group, Fit = fit, FitRefusal = refusal };
    }

    private static KeyValuePair<string, string>[] GroupOf(ReplicateTable table, ReplicateRow row, int x) =>
        [.. table.Columns.Zip(row.Group, KeyValuePair.Create).Where((_, i) => i != x)];

    private static FigurePoint PointOf(double x, RecordColumn value, ReplicateRow row, Estimate estimate) =>
        new(x, estimate.Mean, estimate.StandardError, estimate.Count)
        {
            IsDoubtful = ValueMarks.AreOn(value, row, estimate),
        };

    private static bool IsLogarithmic(LogarithmicAxes asked, LogarithmicAxes axis, IEnumerable<double> values)
    {
        if (asked != LogarithmicAxes.Automatic)
        {
            return asked == axis || asked == LogarithmicAxes.Both;
        }

        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        var all = values.ToList();
        var rounding = Rounding * all.Select(Math.Abs).DefaultIfEmpty(0).Max();
        foreach (var value in all.Where(value => value <= 0 || value >= rounding))
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        return least > 0 && most > LogarithmicSpan * least;
    }

    private static IReadOnlyList<GroupColumn> VaryingBeside(GroupColumn x, IEnumerable<PointRecord> records, RecordColumns columns)
    {
        var variety = new ParameterVariety(columns);
        foreach (var record in records)
        {
            variety.Add(record.Parameters);
        }

        return [.. variety.Varying.Where(column => column != x)];
    }

    private static void RefuseMisfits(ScalingQuestion question)
    {
        if (!question.X.IsNumber)
        {
            throw new ArgumentException($"'{question.X.Name}' has no numbers to draw over; draw a series for each by grouping by it");
        }

        foreach (var reference in question.References)
        {
            reference.RefuseMisfit(question.X, question.Values);
        }
    }
}

using System.Globalization;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Plots;

/// <summary>Histograms, autocorrelations and spectra, brought together over the replicates of each group.</summary>
public sealed class ListFigure
{
    /// <summary>More cover one another.</summary>
    private const int MostMarkers = 20;

    private readonly ListKind _kind;
    private readonly IReadOnlyList<GroupColumn> _by;
    private readonly Dictionary<string, Group> _groups = [];

    /// <param name="kind">What is drawn.</param>
    /// <param name="by">A series for each combination of their values.</param>
    internal ListFigure(ListKind kind, IReadOnlyList<GroupColumn> by)
    {
        _kind = kind;
        _by = by;
    }

    /// <summary>Whether no record had it.</summary>
    internal bool IsEmpty => _groups.Count == 0;

    /// <summary>Reads the records once, twice where <paramref name="by"/> is null; memory grows with the groups only.</summary>
    /// <param name="kind">What to draw.</param>
    /// <param name="by">A series for each combination of their values; null for all parameters that vary.</param>
    /// <param name="read">Reads the records anew.</param>
    /// <param name="columns">What they have.</param>
    /// <exception cref="NothingToPlotException">No record has it.</exception>
    public static Figure Of(ListKind kind, IReadOnlyList<GroupColumn>? by, Func<IEnumerable<PointRecord>> read, RecordColumns columns)
    {
        by ??= VaryingIn(read(), columns);
        var list = new ListFigure(kind, by);
        var variety = new ParameterVariety(columns);
        var (ok, failed) = (0, 0);
        foreach (var record in read())
        {
            ok += record.Status == PointStatus.Ok ? 1 : 0;
            failed += record.Status == PointStatus.Failed ? 1 : 0;
            variety.Add(record.Parameters);
            list.Add(record);
        }

        if (list.IsEmpty)
        {
            throw (ok, failed) switch
            {
                (0, 0) => NothingToPlotException.EmptyStore(),
                (0, _) => NothingToPlotException.NoResult(failed),
                _ => NothingToPlotException.NoValue(kind.Name, notPositive: 0),
            };
        }

        return list.Build() with { Notes = [.. variety.Notes(by), .. ScalingFigure.FailedPoints(failed)] };
    }

    internal void Add(PointRecord record)
    {
        if (record.Status != PointStatus.Ok || _kind.Points(record) is not { } points)
        {
            return;
        }

        var texts = _by.Select(column => column.Value(record.Parameters)).ToList();
        var name = string.Join('\n', texts);
        if (!_groups.TryGetValue(name, out var group))
        {
            group = new Group(texts, [.. _by.Select(column => column.Order(record.Parameters))]);
            _groups.Add(name, group);
        }

        group.Add(points, _kind.Weight?.Invoke(record) ?? 0);
    }

    internal Figure Build()
    {
        var groups = _groups.Values.Order(Comparer<Group>.Create((a, b) => a.Order.AsSpan().SequenceCompareTo(b.Order)));
        var series = groups.Select(SeriesOf).ToList();
        if (_kind.Form == SeriesForm.Markers && series.Any(one => one.Points.Count > MostMarkers))
        {
            series = [.. series.Select(one => one with { Form = SeriesForm.Line })];
        }

        return new Figure(_kind.X, [new FigurePanel(_kind.Y, series, [])], []);
    }

    private FigureSeries SeriesOf(Group group)
    {
        KeyValuePair<string, string>[] names = [.. _by.Zip(group.Texts, (column, text) => KeyValuePair.Create(column.Name, text))];
        var label = SeriesLabel.Of(names);
        if (_kind.Weight is null)
        {
            return new FigureSeries(label, _kind.Form, group.Means()) { Group = names };
        }

        var shares = group.Shares();
        var rest = 1 - shares.Sum(point => point.Y);
        return new FigureSeries(rest < 5e-4 ? label : $"{label} ({Percent(rest)} silent)", _kind.Form, Trimmed(shares)) { Group = names };
    }

    /// <summary>Without the empty bins at either end, but for one.</summary>
    private static List<FigurePoint> Trimmed(List<FigurePoint> bins)
    {
        var first = bins.FindIndex(bin => bin.Y > 0);
        var last = bins.FindLastIndex(bin => bin.Y > 0);
        return first < 0 ? [] : bins[Math.Max(0, first - 1)..Math.Min(bins.Count, last + 2)];
    }

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private static IReadOnlyList<GroupColumn> VaryingIn(IEnumerable<PointRecord> records, RecordColumns columns)
    {
        var variety = new ParameterVariety(columns);
        foreach (var record in records)
        {
            variety.Add(record.Parameters);
        }

        return variety.Varying;
    }

    private sealed class Group(IReadOnlyList<string> texts, double[] order)
    {
        private readonly SortedDictionary<double, EstimateBuilder> _points = [];
        private double _weight;

        public IReadOnlyList<string> Texts { get; } = texts;

        public double[] Order { get; } = order;

        public void Add(IEnumerable<(double X, double Y)> points, double weight)
        {
            _weight += weight;
            foreach (var (x, y) in points.Where(point => double.IsFinite(point.Y)))
            {
                if (!_points.TryGetValue(x, out var estimate))
                {
                    estimate = new EstimateBuilder();
                    _points.Add(x, estimate);
                }

                estimate.Add(y);
            }
        }

        public List<FigurePoint> Means() => [.. _points.Select(point =>
        {
            var estimate = point.Value.Build();
            return new FigurePoint(point.Key, estimate.Mean, estimate.StandardError, estimate.Count);
        })];

        /// <summary>Each bin's sum over the replicates, as a share of the sum of weights.</summary>
        public List<FigurePoint> Shares() => [.. _points.Select(point =>
        {
            var estimate = point.Value.Build();
            return new FigurePoint(point.Key, estimate.Mean * estimate.Count / _weight, double.NaN, estimate.Count);
        })];
    }
}

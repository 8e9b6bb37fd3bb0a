using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tables;

/// <summary>One group of points that differ only in their seeds.</summary>
/// <param name="Group">The values of the group columns, as text.</param>
/// <param name="Seeds">Points of the group that have a result.</param>
/// <param name="Failed">Points of the group that are recorded as failed.</param>
/// <param name="Values">The table's values, each over the points that have it.</param>
public sealed record ReplicateRow(IReadOnlyList<string> Group, int Seeds, int Failed, IReadOnlyList<Estimate> Values)
{
    /// <summary>For each of <see cref="Group"/>, where it stands among the column's values; a number is that number. None in a table read from a
    /// document.</summary>
    internal IReadOnlyList<double> Order { get; init; } = [];

    /// <summary>Of <see cref="Seeds"/>, those whose burn-in was shorter than the network's transient.</summary>
    public int Transient { get; init; }
}

/// <summary>A sweep's points, averaged over their seeds.</summary>
/// <param name="Columns">Names of the group columns.</param>
/// <param name="Values">What is averaged.</param>
/// <param name="Rows">The groups, in the order of their values.</param>
public sealed record ReplicateTable(
    IReadOnlyList<string> Columns, IReadOnlyList<RecordColumn> Values, IReadOnlyList<ReplicateRow> Rows)
{
    /// <summary>Rate, irregularity and cost.</summary>
    public static IReadOnlyList<RecordColumn> StandardValues { get; } = Named(["rate_hz", "cv_isi", "ns_per_synaptic_event"]);

    /// <summary>What was learnt, beside what was not without training, and cost.</summary>
    public static IReadOnlyList<RecordColumn> TrainingValues { get; } = Named(["loss", "baseline_loss", "accuracy", "weight_error", "wall_s"]);

    /// <summary>The values of a row as they are printed, with the marks that <see cref="Notes"/> explain.</summary>
    public IReadOnlyList<string> TextsOf(ReplicateRow row) => [.. Values.Select((value, i) => ValueMarks.Marked(value, row, row.Values[i]))];

    /// <summary>What the marks in <see cref="TextsOf"/> say, a sentence each.</summary>
    public IEnumerable<string> Notes() => ValueMarks.NotesOf(this);

    /// <summary>The values of these names, see <see cref="RecordColumn.FindValue"/>.</summary>
    /// <exception cref="ArgumentException">A name is no value.</exception>
    public static IReadOnlyList<RecordColumn> Named(IEnumerable<string> names) => [.. names.Select(Find).Distinct()];

    /// <summary>Reads through <paramref name="records"/> once; memory grows with the number of groups only.</summary>
    /// <param name="records">Divergent ones are left out.</param>
    /// <param name="by">What to group by.</param>
    /// <param name="values">What to average; <see cref="StandardValues"/> where null.</param>
    public static ReplicateTable Of(
        IEnumerable<PointRecord> records, IReadOnlyList<GroupColumn> by, IReadOnlyList<RecordColumn>? values = null)
    {
        values ??= StandardValues;
        var groups = new Dictionary<string, Group>();
        foreach (var record in records.Where(record => record.Status != PointStatus.Divergent))
        {
            var texts = by.Select(column => column.Value(record.Parameters)).ToList();
            var name = string.Join('\n', texts);
            if (!groups.TryGetValue(name, out var group))
            {
                group = new Group(texts, [.. by.Select(column => column.Order(record.Parameters))], values);
                groups.Add(name, group);
            }

            group.Add(record);
        }

        var ordered = groups.Values.Order(Comparer<Group>.Create(Compare));
        return new ReplicateTable([.. by.Select(column => column.Name)], values, [.. ordered.Select(group => group.Build())]);
    }

    // Choices of neurons have no order but that of their texts.
    private static int Compare(Group a, Group b) => a.Order.AsSpan().SequenceCompareTo(b.Order) is not 0 and var order
        ? order
        : string.CompareOrdinal(string.Join('\n', a.Texts), string.Join('\n', b.Texts));

    private static RecordColumn Find(string name) => RecordColumn.FindValue(name) ?? throw new ArgumentException(
        $"'{name}' is no value{NearestName.Hint(name, [.. RecordColumn.ValueNames, .. RecordColumn.ShortNames.Keys])}; "
        + $"there are {string.Join(", ", RecordColumn.ValueNames)}");

    private sealed class Group(IReadOnlyList<string> texts, double[] order, IReadOnlyList<RecordColumn> values)
    {
        private readonly EstimateBuilder[] _estimates = [.. values.Select(_ => new EstimateBuilder())];
        private int _seeds;
        private int _failed;
        private int _transient;

        public IReadOnlyList<string> Texts { get; } = texts;

        public double[] Order { get; } = order;

        public void Add(PointRecord record)
        {
            if (record.Result is null)
            {
                _failed++;
                return;
            }

            _seeds++;
            _transient += record.BurnInIsShort ? 1 : 0;
            for (var i = 0; i < _estimates.Length; i++)
            {
                if (values[i].NumberOf(record) is { } number && double.IsFinite(number))
                {
                    _estimates[i].Add(number, values[i].IsOnTooLittle(record));
                }
            }
        }

        public ReplicateRow Build() => new(Texts, _seeds, _failed, [.. _estimates.Select(estimate => estimate.Build())])
        {
            Order = Order,
            Transient = _transient,
        };
    }
}

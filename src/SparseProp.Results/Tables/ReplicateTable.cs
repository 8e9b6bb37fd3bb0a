namespace SparseProp.Results.Tables;

/// <summary>One group of points that differ only in their seeds.</summary>
/// <param name="Group">The values of the group columns, as text.</param>
/// <param name="Failed">Points of the group that are recorded as failed.</param>
/// <param name="RateHz">Mean firing rate in Hz.</param>
/// <param name="CvIsi">Coefficient of variation of interspike intervals, over the points that have one.</param>
/// <param name="NanosecondsPerSynapticEvent">Cost in ns of CPU time per synaptic event.</param>
public sealed record ReplicateRow(
    IReadOnlyList<string> Group, int Failed, Estimate RateHz, Estimate CvIsi, Estimate NanosecondsPerSynapticEvent);

/// <summary>A sweep's points, averaged over their seeds.</summary>
/// <param name="Columns">Names of the group columns.</param>
/// <param name="Rows">The groups, in the order of their values.</param>
public sealed record ReplicateTable(IReadOnlyList<string> Columns, IReadOnlyList<ReplicateRow> Rows)
{
    /// <summary>Reads through <paramref name="records"/> once; memory grows with the number of groups only.</summary>
    public static ReplicateTable Of(IEnumerable<PointRecord> records, IReadOnlyList<GroupColumn> by)
    {
        var groups = new Dictionary<string, Group>();
        foreach (var record in records.Where(record => record.Status != PointStatus.Divergent))
        {
            var values = by.Select(column => column.Value(record.Parameters)).ToList();
            var name = string.Join('\n', values);
            if (!groups.TryGetValue(name, out var group))
            {
                group = new Group(values, [.. by.Select(column => column.Order(record.Parameters))]);
                groups.Add(name, group);
            }

            group.Add(record);
        }

        var ordered = groups.Values.Order(Comparer<Group>.Create((a, b) => a.Order.AsSpan().SequenceCompareTo(b.Order)));
        return new ReplicateTable([.. by.Select(column => column.Name)], [.. ordered.Select(group => group.Build())]);
    }

    private sealed class Group(IReadOnlyList<string> values, double[] order)
    {
        private readonly EstimateBuilder _rate = new();
        private readonly EstimateBuilder _cv = new();
        private readonly EstimateBuilder _cost = new();
        private int _failed;

        public double[] Order { get; } = order;

        public void Add(PointRecord record)
        {
            if (record.Result is not { } result)
            {
                _failed++;
                return;
            }

            AddFinite(_rate, result.RateHz);
            AddFinite(_cv, result.CvIsi);
            AddFinite(_cost, record.NanosecondsPerSynapticEvent);
        }

        public ReplicateRow Build() => new(values, _failed, _rate.Build(), _cv.Build(), _cost.Build());

        private static void AddFinite(EstimateBuilder estimate, double? value)
        {
            if (value is { } number && double.IsFinite(number))
            {
                estimate.Add(number);
            }
        }
    }
}

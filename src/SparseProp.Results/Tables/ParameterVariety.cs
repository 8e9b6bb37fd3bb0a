using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tables;

/// <summary>Tells, record by record, which columns to group by have more than one value. Memory does not grow, and no record counts twice.</summary>
internal sealed class ParameterVariety(RecordColumns columns)
{
    private readonly bool[] _varies = new bool[GroupColumn.AllOf(columns).Count];
    private SimulationParameters? _first;
    private bool _hasSimulations;

    /// <summary>All columns to group by.</summary>
    public IReadOnlyList<GroupColumn> All { get; } = GroupColumn.AllOf(columns);

    /// <summary>The columns that vary, in their order.</summary>
    public IReadOnlyList<GroupColumn> Varying => [.. All.Where((_, i) => _varies[i])];

    /// <summary>Whether there are points, and all are training runs.</summary>
    public bool IsTraining => _first is not null && !_hasSimulations;

    public void Add(SimulationParameters parameters)
    {
        _first ??= parameters;
        _hasSimulations |= parameters.Training is null;
        for (var i = 0; i < _varies.Length; i++)
        {
            _varies[i] |= !All[i].IsSame(parameters, _first);
        }
    }

    /// <summary>Passes the records on, looking at each.</summary>
    public IEnumerable<PointRecord> Looking(IEnumerable<PointRecord> records)
    {
        foreach (var record in records)
        {
            Add(record.Parameters);
            yield return record;
        }
    }

    /// <summary>What readers must know of an average over groups by <paramref name="by"/>.</summary>
    public IEnumerable<string> Notes(IReadOnlyList<GroupColumn> by)
    {
        var mixed = Varying.Where(column => !by.Contains(column)).Select(column => column.Name).ToList();
        if (mixed.Count > 0)
        {
            yield return $"points that differ in {string.Join(", ", mixed)} are averaged together; --by tells them apart";
        }
    }
}

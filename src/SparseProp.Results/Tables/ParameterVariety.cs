using SparseProp.Engine;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tables;

/// <summary>Tells, record by record, which columns to group by have more than one value. Memory does not grow, and no record counts twice.</summary>
internal sealed class ParameterVariety
{
    /// <summary>What every reader looks for, whether it varies or not.</summary>
    public static IReadOnlyList<GroupColumn> Usual { get; } = GroupColumn.Named(["n", "k", "j0"]);

    private readonly double[] _first = new double[GroupColumn.All.Count];
    private readonly bool[] _varies = new bool[GroupColumn.All.Count];
    private bool _isEmpty = true;
    private bool _hasSimulations;

    /// <summary>The columns that vary, in their order.</summary>
    public IReadOnlyList<GroupColumn> Varying => [.. GroupColumn.All.Where((_, i) => _varies[i])];

    /// <summary>Whether there are points, and all are training runs.</summary>
    public bool IsTraining => !_isEmpty && !_hasSimulations;

    public void Add(SimulationParameters parameters)
    {
        if (_isEmpty)
        {
            _isEmpty = false;
            for (var i = 0; i < _first.Length; i++)
            {
                _first[i] = GroupColumn.All[i].Order(parameters);
            }
        }

        _hasSimulations |= parameters.Training is null;
        for (var i = 0; i < _first.Length; i++)
        {
            _varies[i] |= !GroupColumn.All[i].Order(parameters).Equals(_first[i]);
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

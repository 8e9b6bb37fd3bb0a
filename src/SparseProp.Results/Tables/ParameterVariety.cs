using SparseProp.Engine;

namespace SparseProp.Results.Tables;

/// <summary>Tells, record by record, which parameters have more than one value. Memory does not grow, and no record counts twice.</summary>
internal sealed class ParameterVariety
{
    /// <summary>What is neither a parameter to group by nor a seed, under the names of the columns.</summary>
    private static readonly (string Name, Func<SimulationParameters, SimulationParameters, bool> Differ)[] Settings =
    [
        ("topology", (a, b) => a.Topology != b.Topology),
        ("engine", (a, b) => a.Loop != b.Loop),
        ("stop_unit", (a, b) => a.Stop.Unit != b.Stop.Unit),
        ("stop_amount", (a, b) => a.Stop.Amount != b.Stop.Amount),
        ("burn_in_unit", (a, b) => a.BurnIn.Unit != b.BurnIn.Unit),
        ("burn_in_amount", (a, b) => a.BurnIn.Amount != b.BurnIn.Amount),
        ("record", (a, b) => a.Record != b.Record),
        ("lyapunov", (a, b) => a.LyapunovExponents != b.LyapunovExponents),
    ];

    private readonly double[] _first = new double[GroupColumn.All.Count];
    private readonly bool[] _varies = new bool[GroupColumn.All.Count];
    private readonly bool[] _settingVaries = new bool[Settings.Length];
    private SimulationParameters? _firstParameters;
    private bool _hasSimulations;

    /// <summary>The parameters that vary, in their order.</summary>
    public IReadOnlyList<GroupColumn> Varying => [.. GroupColumn.All.Where((_, i) => _varies[i])];

    /// <summary>Columns that differ and are neither one of those parameters nor a seed: topology, event loop, lengths, what is measured.</summary>
    public IReadOnlyList<string> VaryingSettings => [.. Settings.Where((_, i) => _settingVaries[i]).Select(setting => setting.Name)];

    /// <summary>Whether there are points, and all are training runs.</summary>
    public bool IsTraining => _firstParameters is not null && !_hasSimulations;

    public void Add(SimulationParameters parameters)
    {
        if (_firstParameters is null)
        {
            _firstParameters = parameters;
            for (var i = 0; i < _first.Length; i++)
            {
                _first[i] = GroupColumn.All[i].Order(parameters);
            }
        }

        _hasSimulations |= parameters.Training is null;
        for (var i = 0; i < _settingVaries.Length; i++)
        {
            _settingVaries[i] |= Settings[i].Differ(parameters, _firstParameters);
        }

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

        if (VaryingSettings.Count > 0)
        {
            yield return $"points that differ in {string.Join(", ", VaryingSettings)} are averaged together; --where tells them apart";
        }
    }
}

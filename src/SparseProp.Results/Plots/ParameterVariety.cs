using SparseProp.Engine;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Plots;

/// <summary>Tells, record by record, which parameters have more than one value. Memory does not grow.</summary>
internal sealed class ParameterVariety
{
    private readonly double[] _first = new double[GroupColumn.All.Count];
    private readonly bool[] _varies = new bool[GroupColumn.All.Count];
    private SimulationParameters? _firstSettings;

    /// <summary>The parameters that vary, in their order.</summary>
    public IReadOnlyList<GroupColumn> Varying => [.. GroupColumn.All.Where((_, i) => _varies[i])];

    /// <summary>Whether there is a difference in what is neither one of those parameters nor a seed: topology, event loop or lengths.</summary>
    public bool SettingsVary { get; private set; }

    public void Add(SimulationParameters parameters)
    {
        var settings = SettingsOf(parameters);
        if (_firstSettings is null)
        {
            _firstSettings = settings;
            for (var i = 0; i < _first.Length; i++)
            {
                _first[i] = GroupColumn.All[i].Order(parameters);
            }
        }

        SettingsVary |= settings != _firstSettings;
        for (var i = 0; i < _first.Length; i++)
        {
            _varies[i] |= !GroupColumn.All[i].Order(parameters).Equals(_first[i]);
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

        if (SettingsVary)
        {
            yield return "points that differ in topology, engine, burn_in or stop are averaged together";
        }
    }

    private static SimulationParameters SettingsOf(SimulationParameters p) => new()
    {
        N = 2,
        K = 1,
        Topology = p.Topology,
        Loop = p.Loop,
        Stop = p.Stop,
        BurnIn = p.BurnIn,
    };
}

using SparseProp.Engine;
using SparseProp.Results.Plots;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Reports;

/// <summary>What a report says of a store's records, gathered in one pass; memory grows with the number of groups and machines.</summary>
internal sealed class StoreSurvey
{
    private readonly ParameterVariety _variety;
    private readonly SortedDictionary<string, MachineShare> _machines = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, long> _engineVersions = [];
    private readonly Dictionary<string, HalvesThatDisagree> _unsteady = [];
    private readonly HashSet<ListKind> _lists = [];

    private StoreSurvey(RecordColumns columns) => _variety = new ParameterVariety(columns);

    /// <summary>Points with a result.</summary>
    public long Ok { get; private set; }

    /// <summary>Points that are recorded as failed.</summary>
    public long Failed { get; private set; }

    /// <summary>Points with a result whose times are no measurement.</summary>
    public long Contended => _machines.Values.Sum(machine => machine.Contended);

    /// <summary>Points whose measurement's halves disagree.</summary>
    public long Unsteady => _unsteady.Values.Sum(group => group.Points);

    /// <summary>Whether several seeds use the published network, whose realisations are not independent.</summary>
    public bool RepeatsPublishedNetworks { get; private set; }

    /// <summary>Parameters that vary; of those that never do, <see cref="Constants"/> tells the values.</summary>
    public IReadOnlyList<GroupColumn> Varying => _variety.Varying;

    /// <summary>All parameters, varying or not.</summary>
    public IReadOnlyList<GroupColumn> All => _variety.All;

    /// <summary>Some point's parameters; null in an empty store.</summary>
    public SimulationParameters? Constants { get; private set; }

    /// <summary>All that was measured, averaged over seeds, in groups of <see cref="Varying"/>.</summary>
    public ReplicateTable Table { get; private set; } = new([], [], []);

    public IReadOnlyDictionary<string, MachineShare> Machines => _machines;

    /// <summary>Points by the engine's semantic version.</summary>
    public IReadOnlyDictionary<int, long> EngineVersions => _engineVersions;

    /// <summary>Groups in which halves disagree.</summary>
    public IReadOnlyCollection<HalvesThatDisagree> UnsteadyGroups => _unsteady.Values;

    /// <summary>The lists that some point has.</summary>
    public IReadOnlyList<ListKind> Lists => [.. ListKind.All.Where(_lists.Contains)];

    public static StoreSurvey Of(IEnumerable<PointRecord> records, RecordColumns columns)
    {
        var survey = new StoreSurvey(columns);
        var table = ReplicateTable.Of(survey.Looking(records), survey.All, columns.Values(columns.ValueNames));
        survey.Table = WithoutConstants(table, survey.Varying);
        return survey;
    }

    /// <summary>The group of a point, as the table's rows tell it.</summary>
    public IReadOnlyList<string> GroupOf(SimulationParameters parameters) =>
        [.. Varying.Select(column => column.Value(parameters))];

    private IEnumerable<PointRecord> Looking(IEnumerable<PointRecord> records)
    {
        foreach (var record in records)
        {
            Add(record);
            yield return record;
        }
    }

    private void Add(PointRecord record)
    {
        _variety.Add(record.Parameters);
        RepeatsPublishedNetworks |= Constants is { Topology: Topology.Published } first
            && record.Parameters.Topology == Topology.Published && record.Parameters.SeedNet != first.SeedNet;
        Constants ??= record.Parameters;
        _engineVersions[record.EngineVersion] = _engineVersions.GetValueOrDefault(record.EngineVersion) + 1;
        if (record.Result is not { } result)
        {
            Failed++;
            return;
        }

        Ok++;
        if (record.Cost is { } cost)
        {
            _machines[cost.Host] = _machines.GetValueOrDefault(cost.Host, MachineShare.None).With(cost);
        }

        if (result.Stationarity is { IsStationary: false } halves)
        {
            var group = All.Select(column => column.Value(record.Parameters)).ToList();
            var name = string.Join('\n', group);
            _unsteady[name] = _unsteady.GetValueOrDefault(name, new(record.Parameters, 0, 0)).With(halves.Deviation!.Value);
        }

        _lists.UnionWith(ListKind.All.Where(kind => !_lists.Contains(kind) && kind.Points(record) is not null));
    }

    private static ReplicateTable WithoutConstants(ReplicateTable table, IReadOnlyList<GroupColumn> varying)
    {
        var places = varying.Select(column => table.Columns.ToList().IndexOf(column.Name)).ToList();
        return table with
        {
            Columns = [.. varying.Select(column => column.Name)],
            Rows = [.. table.Rows.Select(row => row with
            {
                Group = [.. places.Select(place => row.Group[place])],
                Order = [.. places.Select(place => row.Order[place])],
            })],
        };
    }
}

/// <summary>What a machine did.</summary>
/// <param name="Points">Results from it.</param>
/// <param name="CpuSeconds">CPU time of their event loops.</param>
/// <param name="Contended">Results whose times are no measurement.</param>
internal sealed record MachineShare(long Points, double CpuSeconds, long Contended)
{
    public static MachineShare None { get; } = new(0, 0, 0);

    public MachineShare With(PointCost cost) =>
        new(Points + 1, CpuSeconds + (double.IsFinite(cost.CpuSeconds) ? cost.CpuSeconds : 0), Contended + (cost.Contended ? 1 : 0));
}

/// <summary>Points of a group whose rate changed during the measurement.</summary>
/// <param name="Parameters">Of one of them.</param>
/// <param name="Points">How many.</param>
/// <param name="Worst">The largest difference of halves in standard errors.</param>
internal sealed record HalvesThatDisagree(SimulationParameters Parameters, long Points, double Worst)
{
    public HalvesThatDisagree With(double deviation) =>
        this with { Points = Points + 1, Worst = Math.Abs(deviation) > Math.Abs(Worst) ? deviation : Worst };
}

using System.Globalization;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;
using static SparseProp.Results.Records.RecordColumn;

namespace SparseProp.Results.Records;

/// <summary>The columns that the points of a store have. Those of networks of populations are known at run time only.</summary>
public sealed class RecordColumns
{
    // Before the columns that are made of it.
    private static IReadOnlyList<RecordColumn> After { get; } =
    [
        Whole("cv_neurons", "neurons", "neurons that the interval statistics are means over", r => r.Result?.CvNeurons),
        Whole("fano_neurons", "neurons", "neurons that fano_1s is a mean over", r => r.Result?.Irregularity?.FanoNeurons),
        new("stationary", ColumnKind.Truth, "", "whether both halves' rates agree", r => r.Result?.Stationarity?.IsStationary),
        .. Statistic.All.Select(RecordColumn.Of),
        Text("too_few", "statistics that stand on too few spikes, neurons or windows", TooFew),
        new("transient", ColumnKind.Truth, "", "whether the burn-in was shorter than the network's transient", r => r.Result is null ? null : r.BurnInIsShort),
        Whole("synaptic_events", "events", "synaptic events", r => r.Result?.SynapticEvents),
        Cost("bytes_per_neuron"),
        Cost("wall_s"),
        Cost("cpu_s"),
        Cost("setup_s"),
        Cost("ns_per_synaptic_event"),
        Cost("us_per_spike"),
        Text("host", "machine", r => r.Cost?.Host),
        new("contended", ColumnKind.Truth, "", "whether more threads than cores were at work", r => r.Cost?.Contended),
        Whole("busy_slots", "slots", "engine slots busy at the start", r => r.Cost?.BusySlots),
        Text("digest", "hash of all spikes", DigestOf),
        Text("error_kind", "kind of failure", r => r.Failure?.Kind),
        Text("error", "why there is no result", r => r.Failure?.Message),
        Whole("attempts", "", "how often a failed point was tried", r => r.Failure?.Attempts),
        Text("finished_utc", "when the point ended, UTC", r => r.FinishedUtc.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        Whole("engine_version", "", "version of the engine's results", r => r.EngineVersion),
        .. ListColumn.All.SelectMany(ListWithAxis).DistinctBy(column => column.Name),
    ];

    private readonly Dictionary<string, RecordColumn> _byName;

    private RecordColumns(NetworkColumns? network)
    {
        Network = network;
        Parameters = network is null
            ? [.. SimulationParameter.All.Where(parameter => !parameter.IsOfPopulationsOnly)]
            : [.. network.Parameters, .. SimulationParameter.All.Where(parameter => parameter.IsOfPopulations && !network.Parameters.Any(own => own.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)))];
        PopulationStatistics = [.. network?.Populations.SelectMany(population => PopulationStatistic.All.Select(statistic => statistic.Of(population))) ?? []];
        All = [.. Before(Parameters), .. network is null ? [] : OfNetwork(network), .. After];
        _byName = All.ToDictionary(column => column.Name);
        ValueNames = [.. RecordColumn.ValueNames, .. PopulationStatistics.Select(statistic => statistic.Name)];
    }

    /// <summary>Those of points of the published network.</summary>
    public static RecordColumns Published { get; } = new(null);

    /// <summary>What a network adds; null where the points are of the published one.</summary>
    public NetworkColumns? Network { get; }

    /// <summary>All columns, in their order.</summary>
    public IReadOnlyList<RecordColumn> All { get; }

    /// <summary>The parameters among them.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Names of the columns that tables average and plots show.</summary>
    public IReadOnlyList<string> ValueNames { get; }

    /// <summary>Statistics of populations among them.</summary>
    public IReadOnlyList<Statistic> PopulationStatistics { get; }

    /// <summary>Those of points of the network; of the published one where it is null.</summary>
    public static RecordColumns Of(NetworkColumns? network) => network is null ? Published : new(network);

    /// <summary>Those of a single record, without units of what its network declares.</summary>
    public static RecordColumns In(PointRecord record) => Of(NetworkColumns.In(record));

    /// <summary>The column of exactly this name.</summary>
    public RecordColumn? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The values of these names or short names.</summary>
    /// <exception cref="ArgumentException">A name is no value.</exception>
    public IReadOnlyList<RecordColumn> Values(IEnumerable<string> names) => [.. names.Select(Value).DistinctBy(column => column.Name)];

    /// <summary>The digest of a record's spikes as it is printed; null where it has no result.</summary>
    public static string? DigestOf(PointRecord record) => record.Result?.Digest.ToString("x32", CultureInfo.InvariantCulture);

    private RecordColumn Value(string name) => FindValue(name) is { } column && (column.Statistic?.Population is null || _byName.ContainsKey(column.Name))
        ? _byName[column.Name]
        : throw new ArgumentException(
            $"'{name}' is no value{NearestName.Hint(name, [.. ValueNames, .. ShortNames.Keys])}; there are {string.Join(", ", ValueNames)}");

    private static IEnumerable<RecordColumn> Before(IEnumerable<Parameter> parameters) =>
    [
        Text("key", "the point's key", r => r.Key.ToString()),
        Whole("index", "", "the point's number in the sweep", r => r.Index),
        Text("status", "ok, failed or divergent", r => RecordNames.Of(r.Status)),
        .. parameters.Select(RecordColumn.Of),
        Cost("spikes"),
        Cost("simulated_s"),
    ];

    private static IEnumerable<RecordColumn> OfNetwork(NetworkColumns network) =>
    [
        Whole("external_events", "events", "events from outside, one for each neuron that received it", r => r.Result?.ExternalEvents),
        .. network.Populations.SelectMany(OfPopulation),
    ];

    private static IEnumerable<RecordColumn> OfPopulation(string population) =>
    [
        Whole($"{population}.neurons", "neurons", $"neurons of {population}", r => In(r, population)?.Neurons),
        Whole($"{population}.spikes", "spikes", $"spikes of {population}", r => In(r, population)?.Spikes),
        .. PopulationStatistic.All.Select(statistic => RecordColumn.Of(statistic.Of(population))),
        Whole($"{population}.cv_neurons", "neurons", $"neurons of {population} that its interval statistics are means over", r => In(r, population)?.CvNeurons),
    ];

    private static PopulationStatistics? In(PointRecord record, string population) =>
        record.Result?.Populations.FirstOrDefault(candidate => candidate.Name == population);

    private static RecordColumn Cost(string name) => Costs.First(cost => cost.Name == name);

    private static string? TooFew(PointRecord record) => record.Result is not { } result
        ? null
        : string.Join(' ', StatisticsOf(result).Where(statistic => statistic.IsOnTooLittle(record.Parameters, result)).Select(statistic => statistic.Name));

    private static IEnumerable<Statistic> StatisticsOf(SimulationResult result) =>
        Statistic.All.Concat(result.Populations.SelectMany(population => PopulationStatistic.All.Select(statistic => statistic.Of(population.Name))));

    private static IEnumerable<RecordColumn> ListWithAxis(ListColumn list) =>
    [
        new(list.Axis.Name, list.Axis.Kind, list.Axis.Unit, list.Axis.Meaning, r => r.Result is null ? null : list.Axis.Value(r.Result)),
        new(list.Name, ColumnKind.List, list.Unit, list.Meaning, r => r.Result is null ? null : list.Values(r.Result)),
    ];
}

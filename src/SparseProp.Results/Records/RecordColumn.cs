using System.Globalization;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;

namespace SparseProp.Results.Records;

/// <summary>What a column of a table holds.</summary>
public enum ColumnKind
{
    /// <summary>A <see cref="string"/>.</summary>
    Text,

    /// <summary>A <see cref="long"/>.</summary>
    Whole,

    /// <summary>A <see cref="double"/>.</summary>
    Number,

    /// <summary>A <see cref="bool"/>.</summary>
    Truth,

    /// <summary>A <see cref="Series"/>.</summary>
    List,
}

/// <summary>One fact of a record, under the name that sweep files, <c>--json</c>, tables and exports have for it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="Value">It, of the type that <see cref="ColumnKind"/> names; null where the record does not have it.</param>
public sealed record RecordColumn(string Name, ColumnKind Kind, string Unit, string Meaning, Func<PointRecord, object?> Value)
{
    /// <summary>The parameter that the column is of; null of what is none.</summary>
    public Parameter? Parameter { get; private init; }

    /// <summary>The statistic that the column is of; null of what is none.</summary>
    public Statistic? Statistic { get; private init; }

    /// <summary>All columns, in their order.</summary>
    public static IReadOnlyList<RecordColumn> All { get; } =
    [
        Text("key", "the point's key", r => r.Key.ToString()),
        Whole("index", "", "the point's number in the sweep", r => r.Index),
        Text("status", "ok, failed or divergent", r => RecordNames.Of(r.Status)),
        .. SimulationParameter.All.Select(Of),
        Whole("spikes", "spikes", "spikes of all neurons", r => r.Result?.Spikes),
        Number("simulated_s", "s", "length of the measurement", r => r.Result?.SimulatedSeconds),
        Whole("cv_neurons", "neurons", "neurons that the interval statistics are means over", r => r.Result?.CvNeurons),
        Whole("fano_neurons", "neurons", "neurons that fano_1s is a mean over", r => r.Result?.Irregularity?.FanoNeurons),
        new("stationary", ColumnKind.Truth, "", "whether both halves' rates agree", r => r.Result?.Stationarity?.IsStationary),
        .. Statistic.All.Select(s => Number(s.Name, s.Unit, s.Meaning, r => r.Result is null ? null : s.Value(r.Parameters, r.Result)) with { Statistic = s }),
        Text(
            "too_few",
            "statistics that stand on too few spikes, neurons or windows",
            r => r.Result is not { } result ? null : string.Join(' ', Statistic.All.Where(s => s.IsOnTooLittle(r.Parameters, result)).Select(s => s.Name))),
        new("transient", ColumnKind.Truth, "", "whether the burn-in was shorter than the network's transient", r => r.Result is null ? null : r.BurnInIsShort),
        Whole("synaptic_events", "events", "synaptic events", r => r.Result?.SynapticEvents),
        Number("bytes_per_neuron", "B", "memory per neuron", r => r.Result?.BytesPerNeuron),
        Number("wall_s", "s", "wall time, set-up included", r => r.Cost?.WallSeconds),
        Number("cpu_s", "s", "CPU time of the event loop", r => r.Cost?.CpuSeconds),
        Number("setup_s", "s", "wall time of set-up", r => r.Cost?.SetupSeconds),
        Number("ns_per_synaptic_event", "ns", "CPU time per synaptic event", r => r.NanosecondsPerSynapticEvent),
        Number("us_per_spike", "µs", "CPU time per spike of the network", r => r.MicrosecondsPerSpike),
        Text("host", "machine", r => r.Cost?.Host),
        new("contended", ColumnKind.Truth, "", "whether more threads than cores were at work", r => r.Cost?.Contended),
        Whole("busy_slots", "slots", "engine slots busy at the start", r => r.Cost?.BusySlots),
        Text("digest", "hash of all spikes", r => r.Result?.Digest.ToString("x32", CultureInfo.InvariantCulture)),
        Text("error_kind", "kind of failure", r => r.Failure?.Kind),
        Text("error", "why there is no result", r => r.Failure?.Message),
        Whole("attempts", "", "how often a failed point was tried", r => r.Failure?.Attempts),
        Text("finished_utc", "when the point ended, UTC", r => r.FinishedUtc.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        Whole("engine_version", "", "version of the engine's results", r => r.EngineVersion),
        .. ListColumn.All.SelectMany(ListWithAxis).DistinctBy(column => column.Name),
    ];

    /// <summary>Columns of which a mean over replicates makes sense, beside <see cref="Statistic.All"/>: what points cost.</summary>
    private static readonly string[] Costs =
        ["wall_s", "cpu_s", "setup_s", "ns_per_synaptic_event", "us_per_spike", "bytes_per_neuron", "spikes", "simulated_s"];

    /// <summary>Names of the columns that tables average and plots show.</summary>
    public static IReadOnlyList<string> ValueNames { get; } = [.. Statistic.All.Select(s => s.Name), .. Costs];

    /// <summary>Short names of some of them.</summary>
    public static IReadOnlyDictionary<string, string> ShortNames { get; } =
        new Dictionary<string, string>(Statistic.Aliases) { ["ns_per_event"] = "ns_per_synaptic_event" };

    /// <summary>The column of this name, or of this short name; of two, a value before a parameter.</summary>
    public static RecordColumn? FindValue(string name)
    {
        var full = ShortNames.GetValueOrDefault(name, name);
        return ValueNames.Contains(full) ? Find(full) : null;
    }

    /// <summary>The column of exactly this name.</summary>
    public static RecordColumn? Find(string name) => All.FirstOrDefault(column => column.Name == name);

    /// <summary>The number in a column of numbers, integers or truths; null where there is none.</summary>
    public double? NumberOf(PointRecord record) => Value(record) switch
    {
        double number => number,
        long integer => integer,
        bool truth => truth ? 1 : 0,
        _ => null,
    };

    /// <inheritdoc cref="Statistic.IsOnTooLittle"/>
    public bool IsOnTooLittle(PointRecord record) =>
        Statistic is not null && record.Result is not null && Statistic.IsOnTooLittle(record.Parameters, record.Result);

    /// <summary>What a record has in the column, where it is known: null too for a number that is not finite.</summary>
    public object? FiniteValue(PointRecord record) => Value(record) is var value && value is double number && !double.IsFinite(number)
        ? null
        : value;

    private static IEnumerable<RecordColumn> ListWithAxis(ListColumn list) =>
    [
        new(list.Axis.Name, list.Axis.Kind, list.Axis.Unit, list.Axis.Meaning, r => r.Result is null ? null : list.Axis.Value(r.Result)),
        new(list.Name, ColumnKind.List, list.Unit, list.Meaning, r => r.Result is null ? null : list.Values(r.Result)),
    ];

    private static RecordColumn Text(string name, string meaning, Func<PointRecord, string?> value) =>
        new(name, ColumnKind.Text, "", meaning, value);

    private static RecordColumn Of(Parameter parameter) => (parameter.IsText
        ? Text(parameter.Name, parameter.Meaning, r => parameter.IsOf(r.Parameters) ? parameter.TextOf(r.Parameters) : null)
        : parameter.IsInteger
            ? Whole(parameter.Name, parameter.Unit, parameter.Meaning, r => parameter.IsOf(r.Parameters) ? parameter.Get(r.Parameters).Whole : null)
            : Number(parameter.Name, parameter.Unit, parameter.Meaning, r => parameter.IsOf(r.Parameters) ? parameter.Get(r.Parameters).Real : null))
        with
    { Parameter = parameter };

    private static RecordColumn Whole(string name, string unit, string meaning, Func<PointRecord, long?> value) =>
        new(name, ColumnKind.Whole, unit, meaning, record => value(record));

    private static RecordColumn Number(string name, string unit, string meaning, Func<PointRecord, double?> value) =>
        new(name, ColumnKind.Number, unit, meaning, record => value(record));
}

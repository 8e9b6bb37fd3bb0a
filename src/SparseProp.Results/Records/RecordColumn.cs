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

    /// <summary>Columns of which a mean over replicates makes sense, beside statistics: what points cost.</summary>
    internal static IReadOnlyList<RecordColumn> Costs { get; } =
    [
        Number("wall_s", "s", "wall time, set-up included", r => r.Cost?.WallSeconds),
        Number("cpu_s", "s", "CPU time of the event loop", r => r.Cost?.CpuSeconds),
        Number("setup_s", "s", "wall time of set-up", r => r.Cost?.SetupSeconds),
        Number("ns_per_synaptic_event", "ns", "CPU time per synaptic event", r => r.NanosecondsPerSynapticEvent),
        Number("us_per_spike", "µs", "CPU time per spike of the network", r => r.MicrosecondsPerSpike),
        Number("bytes_per_neuron", "B", "memory per neuron", r => r.Result?.BytesPerNeuron),
        Whole("spikes", "spikes", "spikes of all neurons", r => r.Result?.Spikes),
        Number("simulated_s", "s", "length of the measurement", r => r.Result?.SimulatedSeconds),
    ];

    /// <summary>Whether both have the same name: of one store, no two have.</summary>
    public bool Equals(RecordColumn? other) => Name == other?.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Names of the columns that tables average and plots show, those of populations aside.</summary>
    public static IReadOnlyList<string> ValueNames { get; } = [.. Statistic.All.Select(s => s.Name), .. Costs.Select(cost => cost.Name)];

    /// <summary>Short names of some of them.</summary>
    public static IReadOnlyDictionary<string, string> ShortNames { get; } =
        new Dictionary<string, string>(Statistic.Aliases) { ["ns_per_event"] = "ns_per_synaptic_event" };

    /// <summary>The column of a value by its name or short name; also of a population, whatever its name is.</summary>
    public static RecordColumn? FindValue(string name)
    {
        var full = ShortNames.GetValueOrDefault(name, name);
        return Statistic.Find(full) is { } statistic ? Of(statistic) : Costs.FirstOrDefault(cost => cost.Name == full);
    }

    /// <summary>The column of a statistic.</summary>
    internal static RecordColumn Of(Statistic statistic) =>
        Number(statistic.Name, statistic.Unit, statistic.Meaning, r => r.Result is null ? null : statistic.Value(r.Parameters, r.Result)) with { Statistic = statistic };

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

    internal static RecordColumn Text(string name, string meaning, Func<PointRecord, string?> value) =>
        new(name, ColumnKind.Text, "", meaning, value);

    /// <summary>The column of a parameter.</summary>
    internal static RecordColumn Of(Parameter parameter) => (parameter.IsText
        ? Text(parameter.Name, parameter.Meaning, r => parameter.IsOf(r.Parameters) ? parameter.TextOf(r.Parameters) : null)
        : parameter.IsInteger
            ? Whole(parameter.Name, parameter.Unit, parameter.Meaning, r => parameter.IsOf(r.Parameters) ? parameter.Get(r.Parameters).Whole : null)
            : Number(parameter.Name, parameter.Unit, parameter.Meaning, r => parameter.IsOf(r.Parameters) ? parameter.Get(r.Parameters).Real : null))
        with
    { Parameter = parameter };

    internal static RecordColumn Whole(string name, string unit, string meaning, Func<PointRecord, long?> value) =>
        new(name, ColumnKind.Whole, unit, meaning, record => value(record));

    internal static RecordColumn Number(string name, string unit, string meaning, Func<PointRecord, double?> value) =>
        new(name, ColumnKind.Number, unit, meaning, record => value(record));
}

using SparseProp.Engine;

namespace SparseProp.Results;

/// <summary>The words by which scripts know a record's fields and values; those of the sweep file where it has them.</summary>
public static class RecordNames
{
    /// <summary>Names of the fields; a field's integer key is its place in this list.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "key", "status", "digest", "index",
        "model", "n", "k", "j0", "rate", "tau", "eta", "delta_v", "seed_ic", "seed_net", "topology", "engine",
        "stop_unit", "stop_amount", "burn_in_unit", "burn_in_amount",
        "spikes", "simulated_s", "rate_hz", "cv_isi", "cv_neurons", "synaptic_events", "bytes_per_neuron",
        "wall_s", "cpu_s", "setup_s", "host", "contended", "busy_slots",
        "error_kind", "error", "attempts",
        "finished_utc", "engine_version",
        "excitatory_fraction", "g", "chebyshev_order", "record",
    ];

    /// <summary>Names of <see cref="PointStatus"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["ok", "failed", "divergent"];

    /// <summary>Names of <see cref="RunUnit"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> RunUnits { get; } = ["spikes", "spikes_per_neuron", "seconds"];

    /// <summary>
    /// What a <see cref="StatisticKinds"/> measures, in the order of the enumeration: the names of a sweep file's <c>record</c>,
    /// separated by commas.
    /// </summary>
    public static IReadOnlyList<string> Statistics { get; } = ["rate", "rate,cv"];

    public static string Of(PointStatus status) => Statuses[(int)status];

    public static string Of(RunUnit unit) => RunUnits[(int)unit];

    public static string Of(StatisticKinds kinds) => Statistics[(int)kinds];

    public static bool TryParse(string names, out StatisticKinds kinds)
    {
        var place = Enumerable.Range(0, Statistics.Count).FirstOrDefault(i => Statistics[i] == names, -1);
        kinds = (StatisticKinds)Math.Max(place, 0);
        return place >= 0;
    }

    internal static string Of(RecordField field) => Fields[(int)field];
}

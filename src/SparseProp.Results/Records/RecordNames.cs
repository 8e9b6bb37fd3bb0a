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
        "excitatory_fraction", "g", "chebyshev_order", "record", "lyapunov",
        "rate_first_half_hz", "rate_second_half_hz", "halves_deviation", "rate_sd_hz", "rate_percentiles_hz",
        "rate_histogram", "silent_fraction", "rate_in_degree_correlation", "rate_in_degree_slope_hz", "cv_isi_sd",
        "cv_isi_histogram", "cv2", "cv2_sd", "lv", "lv_sd",
        "fano_1s", "fano_neurons", "silent_fraction_1s", "population_fano_1ms", "population_fano_10ms",
        "population_fano_100ms", "population_fano_1s", "mean_correlation_1s", "chi_count_1s", "activity_bin_s",
        "activity", "autocorrelation", "autocorrelation_lag_s", "chi", "lyapunov_per_s",
        "lyapunov_sem_per_s", "lyapunov_mean_per_s", "lyapunov_spectrum_per_s", "entropy_bits_per_spike", "kaplan_yorke_dimension",
        "training", "learning",
    ];

    /// <summary>Names of <see cref="PointStatus"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["ok", "failed", "divergent"];

    /// <summary>Names of <see cref="RunUnit"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> RunUnits { get; } = ["spikes", "spikes_per_neuron", "seconds"];

    /// <summary>What can be measured, by the names of a sweep file's <c>record</c>; the rate always is.</summary>
    public static IReadOnlyList<string> Statistics { get; } = ["rate", "cv", "rates", "irregularity", "population", "chi"];

    public static string Of(PointStatus status) => Statuses[(int)status];

    public static string Of(RunUnit unit) => RunUnits[(int)unit];

    /// <summary>Their names, separated by commas, the rate first.</summary>
    public static string Of(StatisticKinds kinds) =>
        string.Join(',', Statistics.Where((_, i) => i == 0 || kinds.HasFlag(Kind(i))));

    /// <param name="name">One of <see cref="Statistics"/>.</param>
    /// <param name="kinds">What it stands for.</param>
    public static bool TryParseOne(string name, out StatisticKinds kinds)
    {
        var place = Enumerable.Range(0, Statistics.Count).FirstOrDefault(i => Statistics[i] == name, -1);
        kinds = place > 0 ? Kind(place) : StatisticKinds.Rate;
        return place >= 0;
    }

    /// <param name="names">Some of <see cref="Statistics"/>, separated by commas.</param>
    /// <param name="kinds">All of them together.</param>
    public static bool TryParse(string names, out StatisticKinds kinds)
    {
        kinds = StatisticKinds.Rate;
        foreach (var name in names.Split(','))
        {
            if (!TryParseOne(name.Trim(), out var kind))
            {
                return false;
            }

            kinds |= kind;
        }

        return true;
    }

    internal static string Of(RecordField field) => Fields[(int)field];

    // The flags follow the rate in the order of their names.
    private static StatisticKinds Kind(int place) => (StatisticKinds)(1 << (place - 1));
}

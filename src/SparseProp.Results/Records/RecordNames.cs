using SparseProp.Engine;

namespace SparseProp.Results.Records;

/// <summary>The words by which scripts know a record's fields and values; those of the sweep file where it has them.</summary>
public static class RecordNames
{
    /// <summary>Names of the fields; a field's integer key is its place in this list.</summary>
    public static IReadOnlyList<string> Fields { get; } = Named(
        [
            "key", "status", "digest", "index",
            "spikes", "simulated_s", "rate_hz", "cv_isi", "cv_neurons", "synaptic_events", "bytes_per_neuron",
            "wall_s", "cpu_s", "setup_s", "host", "contended", "busy_slots",
            "error_kind", "error", "attempts",
            "finished_utc", "engine_version",
            "rate_first_half_hz", "rate_second_half_hz", "halves_deviation", "rate_sd_hz", "rate_percentiles_hz",
            "rate_histogram", "silent_fraction", "rate_in_degree_correlation", "rate_in_degree_slope_hz", "cv_isi_sd",
            "cv_isi_histogram", "cv2", "cv2_sd", "lv", "lv_sd",
            "fano_1s", "fano_neurons", "silent_fraction_1s", "population_fano_1ms", "population_fano_10ms",
            "population_fano_100ms", "population_fano_1s", "mean_correlation_1s", "chi_count_1s", "activity_bin_s",
            "activity", "autocorrelation", "autocorrelation_lag_s", "chi", "lyapunov_per_s",
            "lyapunov_sem_per_s", "lyapunov_mean_per_s", "lyapunov_spectrum_per_s", "entropy_bits_per_spike", "kaplan_yorke_dimension",
            "training", "learning", "network", "populations", "external_events",
        ]);

    /// <summary>Names of <see cref="PointStatus"/>, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["ok", "failed", "divergent"];

    public static string Of(PointStatus status) => Statuses[(int)status];

    internal static string Of(RecordField field) => Fields[(int)field];

    // Numbers that are no parameter's belong to the other fields, in the order of their names.
    private static string[] Named(IReadOnlyList<string> others)
    {
        var parameters = SimulationParameter.All.Where(parameter => parameter.Field is not null).ToDictionary(p => p.Field!.Value, p => p.Name);
        var names = others.GetEnumerator();
        return
        [
            .. Enumerable.Range(0, others.Count + parameters.Count)
                .Select(field => parameters.TryGetValue(field, out var name) ? name : names.MoveNext() ? names.Current : throw new InvalidOperationException()),
        ];
    }
}

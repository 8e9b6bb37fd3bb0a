using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Names that a network may give.</summary>
internal static class Identifier
{
    private const int Longest = 64;

    /// <summary>Columns of results that are neither parameters nor statistics.</summary>
    private static readonly HashSet<string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        "key", "index", "external_events", "status", "spikes", "simulated_s", "cv_neurons", "fano_neurons", "stationary", "too_few", "transient",
        "synaptic_events", "bytes_per_neuron", "wall_s", "cpu_s", "setup_s", "ns_per_synaptic_event", "us_per_spike", "host", "contended",
        "busy_slots", "digest", "error_kind", "error", "attempts", "finished_utc", "engine_version", "rate_percentiles",
        "rate_percentiles_hz", "rate_histogram_edges_hz", "rate_histogram", "cv_isi_histogram_edges", "cv_isi_histogram", "activity_bin_s",
        "activity", "autocorrelation_lag_s", "autocorrelation", "lyapunov_spectrum_index", "lyapunov_spectrum_per_s", "curve_iteration",
        "curve_loss", "curve_training_loss", "curve_gradient_norm", "curve_discontinuities", "curve_accuracy",
    };

    /// <summary>What is wrong with a name of a population, projection or input; null where nothing is.</summary>
    public static string? Fault(string name) =>
        name.Length is 0 or > Longest || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? $"`{Excerpt.Of(name)}` is no name; use up to {Longest} of A-Z, a-z, 0-9 and _, not beginning with a digit"
            : name is "pi" or "file" || Function.Find(name) is not null ? $"{name} has a meaning in expressions; choose another name"
            : null;

    /// <summary>What is wrong with a name of a parameter, which becomes a column of tables; null where nothing is.</summary>
    public static string? FaultOfParameter(string name) =>
        Fault(name) is { } fault ? fault
        : SimulationParameter.Find(name) is { } known && (known.IsSeed || known.IsSection || known == SimulationParameter.Model)
            || Columns.Contains(name) || Statistic.All.Any(statistic => statistic.Name == name)
            ? $"{name} is a column that every sweep has; choose another name"
            : null;

    /// <summary>That another of these names differs from it in case only; null where none does.</summary>
    public static string? FaultBeside(string name, IEnumerable<string> others) =>
        others.FirstOrDefault(other => other != name && other.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other
            ? $"{name} and {other} differ in case only, and databases take their columns for one; choose another name"
            : null;
}

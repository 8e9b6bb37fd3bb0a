using System.Text.RegularExpressions;

namespace SparseProp.Sweeps.Networks;

/// <summary>What other simulators call things, and what to write here instead.</summary>
internal static partial class ForeignNames
{
    private const string NoCapacitance = "a weight is the jump of V itself, so there is no capacitance; for a charge q on a membrane of capacitance C write weight: q/C";

    private const string NoConductance = "synapses add a jump to V; currents and conductances with a time course are not modelled";

    // Where the right side is a key of what is being read, it is advised; else it is a sentence.
    private static readonly (string[] Written, string Ours)[] Keys =
    [
        (["tau_m", "taum", "taum_", "membrane_time_constant", "tau_mem"], "tau"),
        (["V_th", "v_thresh", "V_thr", "Vt", "v_th", "vthresh", "theta", "thresh", "V_peak", "v_spike"], "threshold"),
        (["V_reset", "v_reset", "vreset", "Vr", "V_r"], "reset"),
        (["t_ref", "tau_refrac", "tau_ref", "tref", "refractory_period", "t_refrac"], "refractory"),
        (["E_L", "v_rest", "EL", "El", "V_rest", "E_leak"], "rest"),
        (["I_e", "i_offset", "Iext", "I_ext", "mu", "I"], "drive"),
        (["Delta_T", "delta_T", "delta_t", "sharpness"], "delta_v"),
        (["V_T", "v_t", "VT", "vt"], "onset"),
        (["size", "N", "number", "count", "neurons", "n_neurons", "cellnumber"], "n"),
        (["type", "celltype", "neuron_model", "cell"], "model"),
        (["indegree", "fixed_indegree", "fan_in", "C", "K"], "in_degree"),
        (["outdegree", "fixed_outdegree", "fan_out", "k"], "out_degree"),
        (["p", "prob", "p_connect", "pairwise_bernoulli", "connection_probability", "pconn"], "probability"),
        (["fixed_total_number", "n_synapses", "total"], "synapses"),
        (["source", "pre", "presynaptic", "src", "i"], "from"),
        (["target", "post", "postsynaptic", "dst", "j"], "to"),
        (["w", "J", "weights", "syn_weight", "synaptic_weight", "strength"], "weight"),
        (["d", "delays", "syn_delay", "synaptic_delay"], "delay"),
        (["allow_autapses", "allow_self_connections"], "autapses"),
        (["allow_multapses"], "multapses"),
        (["poisson_generator", "rate", "frequency"], "poisson"),
        (["rate_hz", "frequency", "poisson"], "rate"),
        (["spike_generator", "spike_times"], "spikes"),
        (["dc_generator", "dc", "current_source"], "current"),
        (["vertices", "nodes", "groups", "neurons"], "populations"),
        (["connections", "edges", "synapses"], "projections"),
        (["stimuli", "stimulus", "external", "devices"], "inputs"),
        (["initial_values", "initialize", "init"], "initial"),
        (["V", "v", "V_m", "vm"], "V"),
        (["V_m", "v_init", "V_init", "initial"], "initial values have a section of their own: initial: [{ of: E, V: -60 mV }]"),
        (["C_m", "cm", "Cm", "R_m", "g_L", "capacitance"], NoCapacitance),
        (["tau_syn", "tau_syn_ex", "tau_syn_in", "tau_syn_E", "tau_syn_I", "taue", "taui", "E_ex", "E_in", "e_rev_E", "e_rev_I"], NoConductance),
        (["conn_spec", "syn_spec", "connector", "synapse_type", "receptor_type"], "write the rule and the weight in the projection itself: { from: E, to: I, in_degree: 100, weight: 0.1 mV, delay: 1.5 ms }"),
    ];

    private static readonly (string[] Written, string Ours)[] Models =
    [
        (["iaf_psc_delta", "IF_curr_delta", "iaf", "if", "lif_delta", "iaf_psc_delta_ps"], "lif"),
        (["qif_delta", "quadratic", "theta"], "qif"),
        (["exponential"], "eif"),
        (["poisson_generator", "SpikeSourcePoisson", "PoissonGroup", "parrot_neuron"], "poisson"),
        (["spike_generator", "SpikeSourceArray", "SpikeGeneratorGroup"], "spikes"),
    ];

    /// <summary>What to write instead of a key; null where no simulator is known to have it.</summary>
    public static string? AdviceOn(string key, IReadOnlyList<string> known)
    {
        string? sentence = null;

        // What is written exactly so goes first: J is a weight, j a target.
        var exact = Keys.Where(pair => pair.Written.Contains(key));
        foreach (var (_, ours) in exact.Concat(Keys.Where(pair => pair.Written.Contains(key, StringComparer.OrdinalIgnoreCase))))
        {
            if (known.Contains(ours))
            {
                return $"write {ours}";
            }

            sentence ??= ours.Contains(' ', StringComparison.Ordinal) ? ours : null;
        }

        return sentence;
    }

    /// <summary>What to write instead of a model's name; null where no simulator is known to have it.</summary>
    public static string? AdviceOnModel(string name)
    {
        var ours = Models.FirstOrDefault(pair => pair.Written.Contains(name, StringComparer.OrdinalIgnoreCase)).Ours;
        return ours is not null ? $"write {ours}"
            : name.StartsWith("iaf_", StringComparison.Ordinal) || name.StartsWith("IF_c", StringComparison.Ordinal) ? NoConductance
            : name.StartsWith("aeif", StringComparison.Ordinal) || name.StartsWith("EIF_", StringComparison.Ordinal) || name.StartsWith("HH", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("izh", StringComparison.OrdinalIgnoreCase)
                ? "neurons with several variables are not modelled"
            : null;
    }

    /// <summary>The value in a condition or assignment such as <c>v &gt; 20*mV</c>; null where the text is none.</summary>
    public static string? ValueInStatement(string text) =>
        Statement().Match(text) is { Success: true } match ? match.Groups["value"].Value.Trim() : null;

    [GeneratedRegex(@"^\s*[vV](_m)?\s*(>=|>|=)\s*(?<value>[^=<>]+)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Statement();
}

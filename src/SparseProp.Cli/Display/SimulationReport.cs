using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Records;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Display;

/// <summary>What <c>simulate</c> prints, under the names of the sweep file and the store.</summary>
internal static class SimulationReport
{
    public static string Json(SimulationParameters parameters, NetworkTemplate? network, SimulationResult result, PointCost cost) =>
        Facts.Print(Of(parameters, network, result, cost), json: true);

    public static string Text(SimulationParameters parameters, NetworkTemplate? network, SimulationResult result, PointCost cost) =>
        Facts.Print(Of(parameters, network, result, cost), json: false);

    /// <summary>What readers must know of the statistics, a sentence each.</summary>
    public static IEnumerable<string> Notes(SimulationParameters parameters, SimulationResult result)
    {
        foreach (var statistic in OnTooLittle(parameters, result))
        {
            yield return $"{statistic.Name} stands on too little and may be biased: it takes {statistic.Support.Need}";
        }

        if (Transient.Outlasts(parameters, result.RateHz))
        {
            yield return $"the burn-in was shorter than {Transient.WordsOf(parameters)}: all statistics are of the transient, too";
        }
    }

    private static IEnumerable<Statistic> OnTooLittle(SimulationParameters p, SimulationResult result) =>
        Statistic.All.Where(statistic => statistic.IsOnTooLittle(p, result));

    private static JsonObject Of(SimulationParameters p, NetworkTemplate? network, SimulationResult result, PointCost cost)
    {
        var facts = new JsonObject(network is null ? ParametersOf(p) : ParametersOf(p, network))
        {
            ["spikes"] = result.Spikes,
            ["rate_hz"] = null,
            ["cv_isi"] = null,
            ["cv_neurons"] = result.CvNeurons,
            ["simulated_s"] = result.SimulatedSeconds,
            ["wall_s"] = cost.WallSeconds,
            ["cpu_s"] = cost.CpuSeconds,
            ["setup_s"] = cost.SetupSeconds,
            ["synaptic_events"] = result.SynapticEvents,
            ["ns_per_synaptic_event"] = Finite(result.SynapticEvents == 0 ? null : cost.CpuSeconds * 1e9 / result.SynapticEvents),
            ["bytes_per_neuron"] = result.BytesPerNeuron,
            ["peak_memory_bytes"] = PeakMemoryBytes(),
            ["digest"] = result.Digest.ToString("x32", CultureInfo.InvariantCulture),
        };
        foreach (var statistic in Statistic.All.Where(s => facts.ContainsKey(s.Name) || s.IsMeasuredBy(p.Record, p.LyapunovExponents)))
        {
            facts[statistic.Name] = Finite(statistic.Value(p, result));
        }

        if (result.Irregularity is { } irregularity)
        {
            facts["fano_neurons"] = irregularity.FanoNeurons;
        }

        if (network is not null)
        {
            facts["external_events"] = result.ExternalEvents;
        }

        foreach (var population in result.Populations)
        {
            facts[$"{population.Name}.spikes"] = population.Spikes;
            facts[$"{population.Name}.rate_hz"] = Finite(population.RateHz);
            facts[$"{population.Name}.cv_isi"] = Finite(population.CvIsi);
            facts[$"{population.Name}.cv_neurons"] = population.CvNeurons;
        }

        facts["stationary"] = result.Stationarity?.IsStationary;
        facts["transient"] = Transient.Outlasts(p, result.RateHz);
        facts["too_few"] = string.Join(' ', OnTooLittle(p, result).Select(statistic => statistic.Name));
        foreach (var list in ListColumn.All)
        {
            if (list.Values(result) is { } values)
            {
                facts[list.Axis.Name] = Cell.Json(list.Axis.Value(result));
                facts[list.Name] = Cell.Json(values);
            }
        }

        return facts;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> ParametersOf(SimulationParameters p) => SimulationParameter.OfSimulations
        .Where(parameter => parameter.IsReadBy(p) && !parameter.IsOfLength)
        .Select(parameter => KeyValuePair.Create(parameter.Name, NodeOf(parameter, parameter.Get(p))));

    // Whatever the network declares may have the name of something else that is printed, which then stands last.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> ParametersOf(SimulationParameters p, NetworkTemplate network)
    {
        yield return KeyValuePair.Create("network", (JsonNode?)network.FileName);
        yield return KeyValuePair.Create("neurons", (JsonNode?)p.N);
        foreach (var (name, value, _) in p.NetworkValues!.All)
        {
            var parameter = network.Find(name)!;
            yield return KeyValuePair.Create(name, parameter.IsSelection ? parameter.TextOf(value) : Finite(value.Real));
        }

        foreach (var seed in SimulationParameter.OfSimulations.Where(parameter => parameter.IsSeed))
        {
            yield return KeyValuePair.Create(seed.Name, NodeOf(seed, seed.Get(p)));
        }
    }

    private static JsonNode? NodeOf(Parameter parameter, ParameterValue value) =>
        parameter.IsText ? parameter.TextOf(value) : parameter.IsInteger ? value.Whole : Finite(value.Real);

    /// <summary>The most memory that the whole process, runtime included, has taken so far.</summary>
    private static long PeakMemoryBytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }

    // JSON has no NaN.
    private static JsonNode? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

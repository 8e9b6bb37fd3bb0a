using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine;
using SparseProp.Results;

namespace SparseProp.Cli.Display;

/// <summary>What <c>simulate</c> prints, under the names of the sweep file and the store.</summary>
internal static class SimulationReport
{
    public static string Json(SimulationParameters parameters, SimulationResult result, PointCost cost) =>
        Facts.Print(Of(parameters, result, cost), json: true);

    public static string Text(SimulationParameters parameters, SimulationResult result, PointCost cost) =>
        Facts.Print(Of(parameters, result, cost), json: false);

    private static JsonObject Of(SimulationParameters p, SimulationResult result, PointCost cost) => new()
    {
        ["model"] = EngineNames.Of(p.Model),
        ["n"] = p.N,
        ["k"] = p.K,
        ["j0"] = p.J0,
        ["rate"] = p.Rate,
        ["tau"] = p.Tau,
        ["seed_ic"] = p.SeedIc,
        ["seed_net"] = p.SeedNet,
        ["topology"] = EngineNames.Of(p.Topology),
        ["engine"] = EngineNames.Of(p.Loop),
        ["spikes"] = result.Spikes,
        ["rate_hz"] = Finite(result.RateHz),
        ["cv_isi"] = Finite(result.CvIsi),
        ["cv_neurons"] = result.CvNeurons,
        ["simulated_s"] = result.SimulatedSeconds,
        ["wall_s"] = cost.WallSeconds,
        ["cpu_s"] = cost.CpuSeconds,
        ["setup_s"] = cost.SetupSeconds,
        ["synaptic_events"] = result.SynapticEvents,
        ["ns_per_synaptic_event"] = Finite(result.SynapticEvents == 0 ? null : cost.CpuSeconds * 1e9 / result.SynapticEvents),
        ["bytes_per_neuron"] = result.BytesPerNeuron,
        ["digest"] = result.Digest.ToString("x32", CultureInfo.InvariantCulture),
    };

    // JSON has no NaN.
    private static JsonNode? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}

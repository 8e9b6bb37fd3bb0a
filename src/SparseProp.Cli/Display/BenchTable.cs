using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine;
using SparseProp.Execution.Benchmarks;

namespace SparseProp.Cli.Display;

/// <summary>What <c>bench</c> prints.</summary>
internal static class BenchTable
{
    private static readonly string[] Columns =
    [
        "model", "n", "k", "heap", "window", "floor", "heap/window", "window/floor", "statistics", "ns/syn. event", "bytes/neuron", "growth",
    ];

    private const string Caption =
        "heap, window, floor: ns of CPU time per network spike, medians of rounds side by side; growth: window against the line above";

    public static void Print(IReadOnlyList<BenchResult> results)
    {
        List<IReadOnlyList<object?>> rows = [];
        for (var i = 0; i < results.Count; i++)
        {
            var result = results[i];
            rows.Add(
            [
                EngineNames.Of(result.Network.Model),
                Text($"{result.Network.N}"),
                Text($"{result.Network.K}"),
                Text($"{result.Heap * 1e9:F0}"),
                Text($"{result.Window * 1e9:F0}"),
                Text($"{result.Floor * 1e9:F0}"),
                Text($"{result.HeapOverWindow:F1}"),
                Text($"{result.WindowOverFloor:F2}"),
                Text($"{(result.MeasuredOverWindow - 1) * 100:+0.0;-0.0} %"),
                Text($"{result.NanosecondsPerSynapticEvent:F2}"),
                Text($"{result.BytesPerNeuron:F0}"),
                i == 0 ? "-" : Text($"{result.Window / results[i - 1].Window:F2}"),
            ]);
        }

        TerminalTable.Print(new Grid([.. Columns.Select(name => new GridColumn(name, true))], rows), Caption);
    }

    public static string Json(IReadOnlyList<BenchResult> results) => new JsonArray([.. results.Select(JsonOf)]).ToString();

    private static JsonObject JsonOf(BenchResult result) => new()
    {
        ["model"] = EngineNames.Of(result.Network.Model),
        ["n"] = result.Network.N,
        ["k"] = result.Network.K,
        ["heap_ns_per_spike"] = result.Heap * 1e9,
        ["window_ns_per_spike"] = result.Window * 1e9,
        ["window_measured_ns_per_spike"] = result.Measured * 1e9,
        ["floor_ns_per_spike"] = result.Floor * 1e9,
        ["heap_over_window"] = result.HeapOverWindow,
        ["window_over_floor"] = result.WindowOverFloor,
        ["measured_over_window"] = result.MeasuredOverWindow,
        ["relative_spread"] = result.Spread,
        ["ns_per_synaptic_event"] = result.NanosecondsPerSynapticEvent,
        ["bytes_per_neuron"] = result.BytesPerNeuron,
        ["heap_bytes_per_neuron"] = result.HeapBytesPerNeuron,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

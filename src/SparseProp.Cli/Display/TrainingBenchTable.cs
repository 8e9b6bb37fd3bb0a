using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine;
using SparseProp.Execution.Benchmarks;

namespace SparseProp.Cli.Display;

/// <summary>What <c>bench --training</c> prints.</summary>
internal static class TrainingBenchTable
{
    private static readonly string[] Columns = ["model", "n", "k", "spikes", "forward", "backward", "ratio"];

    private const string Caption =
        "ns of CPU time per synaptic event of a recorded run and of its backward pass; ratio: median of rounds side by side, ± half of their middle half";

    public static void Print(IReadOnlyList<TrainingCost> costs)
    {
        List<IReadOnlyList<object?>> rows = [];
        foreach (var cost in costs)
        {
            rows.Add(
            [
                EngineNames.Of(cost.Network.Model),
                Text($"{cost.Network.N}"),
                Text($"{cost.Network.K}"),
                Text($"{cost.Spikes}"),
                Text($"{cost.ForwardNanosecondsPerEvent:F2}"),
                Text($"{cost.BackwardNanosecondsPerEvent:F2}"),
                Text($"{cost.Ratio:F2} ± {cost.Ratio * cost.Spread:F2}"),
            ]);
        }

        TerminalTable.Print(new Grid([.. Columns.Select(name => new GridColumn(name, true))], rows), Caption);
    }

    public static string Json(IReadOnlyList<TrainingCost> costs) => new JsonArray([.. costs.Select(JsonOf)]).ToString();

    private static JsonObject JsonOf(TrainingCost cost) => new()
    {
        ["model"] = EngineNames.Of(cost.Network.Model),
        ["n"] = cost.Network.N,
        ["k"] = cost.Network.K,
        ["spikes"] = cost.Spikes,
        ["forward_ns_per_synaptic_event"] = cost.ForwardNanosecondsPerEvent,
        ["backward_ns_per_synaptic_event"] = cost.BackwardNanosecondsPerEvent,
        ["ratio"] = cost.Ratio,
        ["relative_spread"] = cost.Spread,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json.Nodes;
using SparseProp.Engine;
using SparseProp.Execution.Benchmarks;

namespace SparseProp.Cli.Display;

/// <summary>What <c>bench --statistics</c> prints.</summary>
internal static class StatisticsBenchTable
{
    private static readonly string[] Columns = ["model", "n", "k", "record", "lyapunov", "bare", "with statistics", "ratio"];

    private const string Caption =
        "ns of CPU time per synaptic event without and with statistics; ratio: median of rounds side by side, ± half of their middle half";

    public static void Print(IReadOnlyList<StatisticsCost> costs)
    {
        List<IReadOnlyList<object?>> rows = [];
        foreach (var cost in costs)
        {
            rows.Add(
            [
                EngineNames.Of(cost.Network.Model),
                Text($"{cost.Network.N}"),
                Text($"{cost.Network.K}"),
                cost.Record,
                Text($"{cost.Network.LyapunovExponents}"),
                Text($"{cost.BareNanosecondsPerEvent:F2}"),
                Text($"{cost.MeasuredNanosecondsPerEvent:F2}"),
                Text($"{cost.Ratio:F2} ± {cost.Ratio * cost.Spread:F2}"),
            ]);
        }

        TerminalTable.Print(new Grid([.. Columns.Select(name => new GridColumn(name, true))], rows), Caption);
    }

    public static string Json(IReadOnlyList<StatisticsCost> costs) => new JsonArray([.. costs.Select(JsonOf)]).ToString();

    private static JsonObject JsonOf(StatisticsCost cost) => new()
    {
        ["model"] = EngineNames.Of(cost.Network.Model),
        ["n"] = cost.Network.N,
        ["k"] = cost.Network.K,
        ["record"] = cost.Record,
        ["lyapunov"] = cost.Network.LyapunovExponents,
        ["bare_ns_per_synaptic_event"] = cost.BareNanosecondsPerEvent,
        ["ns_per_synaptic_event"] = cost.MeasuredNanosecondsPerEvent,
        ["ratio"] = cost.Ratio,
        ["relative_spread"] = cost.Spread,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

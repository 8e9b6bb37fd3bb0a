using System.Text.Json;

namespace SparseProp.EndToEnd;

public sealed class BenchTests
{
    [Fact]
    public async Task EachSizeIsMeasuredAgainstHeapAndFloor()
    {
        var run = await Sparseprop.RunAsync("bench", "--n", "1e3,2e3", "--k", "20", "--rounds", "3", "--seconds", "0.002", "--json");

        Assert.Equal(0, run.ExitCode);
        var results = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal([1000, 2000], results.EnumerateArray().Select(result => result.GetProperty("n").GetInt32()));
        foreach (var name in (string[])["heap_ns_per_spike", "window_ns_per_spike", "floor_ns_per_spike", "bytes_per_neuron"])
        {
            Assert.All(results.EnumerateArray(), result => Assert.True(result.GetProperty(name).GetDouble() > 0, name));
        }
    }

    [Fact]
    public async Task EveryKindOfStatisticsIsMeasuredAgainstNone()
    {
        var run = await Sparseprop.RunAsync("bench", "--n", "500", "--k", "20", "--rounds", "3", "--seconds", "0.002", "--statistics", "--json");

        Assert.Equal(0, run.ExitCode);
        var costs = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToList();
        Assert.Equal(
            [
                "rate 0", "rate,cv 0", "rate,rates 0", "rate,irregularity 0", "rate,population 0", "rate,chi 0",
                "rate,cv,rates,irregularity,population,chi 0", "rate,cv,rates,irregularity,population,chi 1",
            ],
            costs.Select(cost => $"{cost.GetProperty("record").GetString()} {cost.GetProperty("lyapunov").GetInt32()}"));
        Assert.All(costs, cost => Assert.True(cost.GetProperty("ratio").GetDouble() > 0 && cost.GetProperty("bare_ns_per_synaptic_event").GetDouble() > 0));
    }

    [Fact]
    public async Task TheGradientIsMeasuredAgainstTheRun()
    {
        var run = await Sparseprop.RunAsync("bench", "--n", "500", "--k", "5", "--rounds", "3", "--training", "--json");

        Assert.Equal(0, run.ExitCode);
        var cost = Assert.Single(JsonDocument.Parse(run.Output).RootElement.EnumerateArray());
        Assert.InRange(cost.GetProperty("spikes").GetInt32(), 50_000, 2_000_000);
        Assert.True(cost.GetProperty("ratio").GetDouble() > 0);
    }

    [Fact]
    public async Task ASizeThatIsNoNumberIsRefused()
    {
        var run = await Sparseprop.RunAsync("bench", "--n", "1e4,many");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'many'", run.Errors, StringComparison.Ordinal);
    }
}

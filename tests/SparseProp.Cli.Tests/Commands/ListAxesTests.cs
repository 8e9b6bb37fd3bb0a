using System.Text.Json.Nodes;
using SparseProp.EndToEnd;
using SparseProp.Results.Records;

namespace SparseProp.Cli.Tests.Commands;

public sealed class ListAxesTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryListThatSimulatePrintsHasItsAxis()
    {
        var simulated = await Sparseprop.RunAsync(
            "simulate", "--n", "100", "--k", "10", "--seconds", "2", "--record", "rates,irregularity,population,chi", "--lyapunov", "3", "--json");

        Assert.Equal(0, simulated.ExitCode);
        AssertListsHaveAxes(simulated.Output, ListColumn.All.Where(list => !list.Name.StartsWith("curve_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EveryListThatTrainPrintsHasItsAxis()
    {
        var trained = await Sparseprop.RunAsync("train", _folder.Write("small.yaml", TrainCommandTests.Small), "--json");

        Assert.Equal(0, trained.ExitCode);
        AssertListsHaveAxes(trained.Output, ListColumn.All.Where(list => list.Name.StartsWith("curve_", StringComparison.Ordinal)));
    }

    private static void AssertListsHaveAxes(string json, IEnumerable<ListColumn> expected)
    {
        var facts = JsonNode.Parse(json)!.AsObject();

        Assert.Equal(
            expected.SelectMany(list => (string[])[list.Name, .. list.Axis.Kind == ColumnKind.List ? [list.Axis.Name] : Array.Empty<string>()]).Distinct().Order(),
            facts.Where(fact => fact.Value is JsonArray).Select(fact => fact.Key).Order());
        Assert.All(expected, list =>
        {
            var (values, axis) = (facts[list.Name]!.AsArray(), facts[list.Axis.Name]!);
            Assert.NotEmpty(values);
            if (list.Axis.Surplus is { } surplus)
            {
                Assert.Equal(values.Count + surplus, axis.AsArray().Count);
            }
            else
            {
                Assert.True((double)axis > 0);
            }
        });
    }
}

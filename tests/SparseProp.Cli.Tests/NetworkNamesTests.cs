using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Sweeps;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Cli.Tests;

/// <summary>What a network declares becomes a column of results, beside those that every point has.</summary>
public sealed class NetworkNamesTests
{
    [Fact]
    public void NoParameterHasTheNameOfAColumnThatEveryPointHas()
    {
        var taken = RecordColumns.Published.All.Where(column => column.Parameter is not { IsOfPopulations: false } && column.Parameter != SimulationParameter.N)
            .Select(column => column.Name).ToList();

        Assert.Contains("digest", taken);
        Assert.All(taken, name => Assert.Contains("choose another name", Assert.Throws<SweepFileException>(() => Declaring(name)).Message, StringComparison.Ordinal));
        Assert.NotNull(Declaring("n"));
        Assert.NotNull(Declaring("rate"));
    }

    private static NetworkTemplate Declaring(string name) => NetworkTemplate.Parse(
        $$"""
        parameters: { {{name}}: 1 }
        populations: { E: { model: lif, n: 10, tau: 20 ms, threshold: 1, reset: 0 } }
        """,
        "network.yaml",
        NetworkFiles.None);
}

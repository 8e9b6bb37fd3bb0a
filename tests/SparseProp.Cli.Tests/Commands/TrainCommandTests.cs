using System.Text.Json.Nodes;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

public sealed class TrainCommandTests : CommandTestBase
{
    internal const string Small =
        """
        name: small
        task: train
        model: qif
        stop: { seconds: 0.1 }
        fixed: { training_task: classification, n: 20, k: 4, rate: 10, iterations: 20, batch: 4 }

        """;

    [Fact]
    public async Task ANetworkIsTrainedOnceAndItsCurveAndWeightsAreWritten()
    {
        var (file, store, figure) = (Folder.Write("small.yaml", Small), Folder.In("out"), Folder.In("curve.svg"));

        var first = await Sparseprop.RunAsync("train", file, "--out", store, "--figure", figure, "--json");
        var second = await Sparseprop.RunAsync("train", file, "--out", store, "--json");
        var table = await Sparseprop.RunAsync("results", "table", store, "--by", "training_task", "--values", "loss,accuracy", "--json");
        var plot = await Sparseprop.RunAsync("results", "plot", store, "--x", "iteration", "--y", "loss", "--out", Folder.In("loss.svg"), "--json");

        Assert.Equal((0, 0, 0, 0), (first.ExitCode, second.ExitCode, table.ExitCode, plot.ExitCode));
        Assert.Equal(first.Output, second.Output);
        Assert.Contains("trained already", second.Errors, StringComparison.Ordinal);
        var facts = JsonNode.Parse(first.Output)!;
        Assert.Equal("classification", (string)facts["training_task"]!);
        var curve = facts["curve_loss"]!.AsArray().Select(loss => (double)loss!).ToList();
        Assert.Equal(21, curve.Count);
        Assert.Equal((curve[0], curve[^1]), ((double)facts["baseline_loss"]!, (double)facts["loss"]!));
        Assert.Equal(22, File.ReadLines(Path.Combine(store, "curve.csv")).Count());
        Assert.Equal(1 + (20 * 4) + (20 * 10), File.ReadLines(Path.Combine(store, "weights.csv")).Count());
        Assert.Contains("<svg", await File.ReadAllTextAsync(figure, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((double)facts["loss"]!, (double)JsonNode.Parse(table.Output)![0]!["loss"]!);
        Assert.Equal(21, JsonNode.Parse(plot.Output)!["panels"]![0]!["series"]![0]!["points"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("fixed: {", "grid: { seed_net: 1..3 }\nfixed: {", "has 3 points; train them all with: sparseprop run")]
    [InlineData("task: train", "task: simulate", ":5:10: training_task: only training reads training_task")]
    [InlineData("iterations: 20", "iteratons: 20", "iteratons: unknown parameter (did you mean `iterations`?)")]
    [InlineData("n: 20", "n: 3, k: 2", "the key stands twice")]
    public async Task AFileThatIsNoTrainingRunIsRefused(string before, string after, string message)
    {
        var file = Folder.Write("small.yaml", Small.Replace(before, after, StringComparison.Ordinal));

        AssertFailure(await Sparseprop.RunAsync("train", file, "--out", Folder.In("out")), exitCode: 2, message);
    }

    [Fact]
    public async Task ASimulationIsNotTrained()
    {
        var file = Folder.Write("sweep.yaml", "name: s\nmodel: lif\nstop: { spikes: 10 }\nfixed: { n: 10, k: 2 }\n");

        AssertFailure(await Sparseprop.RunAsync("train", file), exitCode: 2, "is of simulations; write task: train");
    }

    [Fact]
    public async Task AFigureOfUnknownFormatIsRefusedBeforeAnythingIsTrained() => AssertFailure(
        await Sparseprop.RunAsync("train", Folder.Write("small.yaml", Small), "--figure", "curve.jpeg"), exitCode: 2, "neither in .png nor in .svg");

    [Fact]
    public async Task ASweepTrainsEveryPointAndItsTableSaysWhatWasLearnt()
    {
        var sweep = Folder.Write(
            "sweep.yaml",
            Small.Replace("name: small", "name: sweep\ngrid: { learning_rate: [0.001, 0.05] }\nzip: { seed_net: 1..2, seed_data: 1..2 }", StringComparison.Ordinal)
                .Replace("iterations: 20", "iterations: 60", StringComparison.Ordinal));
        var store = Folder.In("swept");

        var run = await Sparseprop.RunAsync("run", sweep, "--out", store, "--json");
        var again = await Sparseprop.RunAsync("run", sweep, "--out", store, "--json");

        Assert.Equal((0, 0), (run.ExitCode, again.ExitCode));
        Assert.Equal(run.Output, again.Output);
        var rows = JsonNode.Parse(run.Output)!.AsArray();
        Assert.Equal([0.001, 0.05], rows.Select(row => (double)row!["learning_rate"]!));
        Assert.All(rows, row => Assert.Equal(2, (int)row!["seeds"]!));
        Assert.True((double)rows[1]!["loss"]! < (double)rows[0]!["loss"]!, "sixty small steps should lead less far than sixty large ones");
        Assert.NotNull(rows[0]!["accuracy"]);
    }
}

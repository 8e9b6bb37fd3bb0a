using System.Text.Json;

namespace SparseProp.EndToEnd;

public sealed class CompareTests : IDisposable
{
    private static readonly string[] Small = ["compare", "lif-lookup", "--n", "1000", "--k", "50", "--spikes", "20000", "--json"];

    private readonly WorkFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LookupGivesTheSpikesOfTheFormula()
    {
        var figure = _folder.In("errors.png");
        var run = await Sparseprop.RunAsync([.. Small, "--figure", figure]);

        Assert.Equal(0, run.ExitCode);
        var facts = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(20_000, facts.GetProperty("spikes").GetInt32());
        Assert.Equal(0, facts.GetProperty("index_differences").GetInt32());
        Assert.Equal(JsonValueKind.Null, facts.GetProperty("first_index_difference").ValueKind);
        Assert.InRange(facts.GetProperty("max_error_s").GetDouble(), 1e-19, 1e-13);
        Assert.True(facts.GetProperty("within_tolerance").GetBoolean());
        Assert.True(new FileInfo(figure).Length > 0);
    }

    [Fact]
    public async Task ErrorsBeyondTheToleranceAreReportedWithAnExitCodeOfTheirOwn()
    {
        var run = await Sparseprop.RunAsync([.. Small, "--tolerance", "0"]);

        Assert.Equal(6, run.ExitCode);
        Assert.False(JsonDocument.Parse(run.Output).RootElement.GetProperty("within_tolerance").GetBoolean());
    }

    [Theory]
    [InlineData("--k", "1000", "below n")]
    [InlineData("--spikes", "0", "within 1 and")]
    [InlineData("--figure", "x.jpg", ".png")]
    public async Task WhatCannotBeComparedIsRefusedByName(string option, string value, string remedy)
    {
        var run = await Sparseprop.RunAsync(["compare", "lif-lookup", "--n", "1000", option, value]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(remedy, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}

using System.Text.Json.Nodes;
using System.Xml.Linq;
using SparseProp.EndToEnd;

namespace SparseProp.Cli.Tests.Commands;

public sealed class NetworkCommandTests : CommandTestBase
{
    private const string Brunel =
        """
        parameters: { g: 5, J: 0.1 mV, theta: 20 mV, scale: 0.1 }
        populations:
          E: { model: lif, n: 10000*scale, tau: 20 ms, threshold: theta, reset: 10 mV, refractory: 2 ms }
          I: { like: E, n: 2500*scale }
        projections:
          - { from: E, to: [E, I], in_degree: 100, weight: J, delay: 1.5 ms }
          - { from: I, to: [E, I], probability: 0.1, weight: -g*J, delay: { lognormal: [1.5 ms, 0.5 ms] } }
        inputs: [{ to: [E, I], poisson: 2*theta/(J*E.tau), weight: J }]
        """;

    private string NetworkFile => Folder.Write("brunel.network.yaml", Brunel);

    [Fact]
    public async Task ANetworkIsShown()
    {
        var run = await Sparseprop.RunAsync("network", "show", NetworkFile, "--set", "g=4", "--set", "populations.I.tau = 10 ms");

        Assert.True(run.ExitCode == 0, run.Errors);
        foreach (var words in new[] { "J", "0.1 mV", "E", "1000", "0.01 s", "in_degree: 100", "-0.4 mV", "E->I", "lognormal", "about 25000", "125000" })
        {
            Assert.Contains(words, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ANetworkIsShownAsJson()
    {
        var run = await Sparseprop.RunAsync("network", "show", NetworkFile, "--json");

        Assert.True(run.ExitCode == 0, run.Errors);
        var facts = JsonNode.Parse(run.Output)!;
        Assert.Equal("mV", (string?)facts["voltage_unit"]);
        Assert.Equal(1250, (long)facts["neurons"]!);
        Assert.Equal(0.1, (double)facts["parameters"]!["J"]!["value"]!);
        Assert.Equal("mV", (string?)facts["parameters"]!["J"]!["unit"]);
        Assert.Equal([1000, 250], facts["populations"]!.AsArray().Select(population => (int)population!["n"]!));
        Assert.Equal([100_000.0, 25_000, 25_000, 6225], facts["projections"]!.AsArray().Select(projection => (double)projection!["synapses"]!));
        Assert.Equal([true, true, false, false], facts["projections"]!.AsArray().Select(projection => (bool)projection!["synapses_are_exact"]!));
        Assert.Equal(2.5e7, (double)facts["external_events_per_s"]!, 1);
        Assert.Equal([125_000.0, 31_225], facts["populations"]!.AsArray().Select(population => (double)population!["events_per_s_and_hz"]!));
    }

    [Fact]
    public async Task ANetworkIsDrawn()
    {
        var picture = Folder.In("brunel.svg");
        var run = await Sparseprop.RunAsync("network", "show", NetworkFile, "--graph", picture);

        Assert.True(run.ExitCode == 0, run.Errors);
        var svg = XDocument.Load(picture).Root!;
        Assert.Equal(2, svg.Elements().Count(element => element.Name.LocalName == "circle"));
        Assert.Equal(4, svg.Elements().Count(element => element.Name.LocalName == "path" && element.HasElements));

        AssertFailure(await Sparseprop.RunAsync("network", "show", NetworkFile, "--graph", picture), 2, picture, "--force");
        AssertFailure(await Sparseprop.RunAsync("network", "show", NetworkFile, "--graph", "brunel.png"), 2, "--graph brunel.png", ".svg");
    }

    [Theory]
    [InlineData("g", "--set takes NAME=VALUE such as g=5, not 'g'")]
    [InlineData("thetta=5", "--set thetta: unknown parameter (did you mean `theta`?); parameters of the network are g, J, theta, scale")]
    [InlineData("J=5", "--set J: the voltage 5 has no unit")]
    [InlineData("scale=0", "E.n: 10000*scale is 0 and must be within 1 and 2147483647 (scale = 0)")]
    [InlineData("J=0 mV", "inputs.0.poisson: 2*theta/(J*E.tau): division by zero (J = 0 mV)")]
    public async Task WrongValuesAreRefused(string set, string error) =>
        AssertFailure(await Sparseprop.RunAsync("network", "show", NetworkFile, "--set", set), 2, error);

    [Fact]
    public async Task WrongFilesAreRefused()
    {
        var wrong = Folder.Write("wrong.yaml", Brunel.Replace("weight: J,", "weigth: J,", StringComparison.Ordinal));

        AssertFailure(await Sparseprop.RunAsync("network", "show", wrong), 2, "wrong.yaml:6:", "unknown key (did you mean `weight`?)", "weight is missing");
        AssertFailure(await Sparseprop.RunAsync("network", "show", Folder.In("no.yaml")), 2, "there is no network file");
    }

    [Fact]
    public async Task OptionsOfOneKindOfNetworkAreRefusedWithTheOther()
    {
        AssertFailure(await Sparseprop.RunAsync("simulate", "--network", NetworkFile, "--n", "10", "--seconds", "1"), 2, "--n is of the published network", "--set");
        AssertFailure(await Sparseprop.RunAsync("simulate", "--n", "10", "--k", "1", "--seconds", "1", "--set", "g=1"), 2, "--set is of networks of one's own", "--network");
        AssertFailure(await Sparseprop.RunAsync("simulate", "--n", "10", "--k", "1", "--seconds", "1", "--seed-input", "1"), 2, "--seed-input is of networks of one's own");
    }

    [Fact]
    public async Task ASilentNetworkEndsARunOfSpikesWithAMessage()
    {
        var silent = Folder.Write("silent.yaml", "populations: { E: { model: lif, n: 10, tau: 20 ms, threshold: 20 mV, reset: 10 mV } }");
        var spikes = Folder.In("spikes.csv");
        var run = await Sparseprop.RunAsync("simulate", "--network", silent, "--spikes", "10", "--spikes-out", spikes);

        AssertFailure(run, 1, "The network fell silent at 0 s, after 0 spikes", "give the length in seconds");
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(spikes));
        Assert.Equal(0, (await Sparseprop.RunAsync("simulate", "--network", silent, "--seconds", "1")).ExitCode);
    }

    [Theory]
    [InlineData("seed_net", "--seed-net")]
    [InlineData("seed_input", "--seed-input")]
    public async Task SeedsHaveOptionsOfTheirOwn(string seed, string option) =>
        AssertFailure(await Sparseprop.RunAsync("network", "show", NetworkFile, "--set", $"{seed}=3"), 2, $"--set {seed}: seeds are options of simulate; write {option} 3");
}

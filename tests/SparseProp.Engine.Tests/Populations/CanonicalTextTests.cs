using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Tests.Populations;

public sealed class CanonicalTextTests
{
    private static readonly NetworkDescription Network = Brunel.Network(5, 2, 0.01, 0.01);

    [Fact]
    public void DefaultsAreLeftOutAndNumbersAreRoundTrip()
    {
        var text = CanonicalText.Of(Network);

        Assert.StartsWith(
            """
            network unit="mV"
            population "E" Lif n=100 tau=0.02 threshold=20 reset=10 refractory=0.002
            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
        Assert.Contains("projection \"EE\" from=\"E\" to=\"E\" InDegree amount=10 weight=0.1 delay=0.0015\n", text, StringComparison.Ordinal);
        Assert.Contains("input \"to E\" to=\"E\" Poisson course=steps(0:20000) weight=0.1\n", text, StringComparison.Ordinal);
        Assert.EndsWith("initial of=\"I\" V=Uniform(0,20)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void EqualNetworksHaveEqualKeysAndOthersHaveOthers()
    {
        var p = SimulationParameters.Of(Network, RunLength.Seconds(1));
        var edges = new Projection
        {
            Name = "file",
            From = new("E"),
            To = new("E"),
            Rule = ConnectionRule.Listed,
            Weight = Quantity.Of(1),
            Delay = Quantity.Of(1e-3),
            Edges = new("abc", [1], [2]),
        };
        SimulationParameters With(NetworkDescription network) => p with { Network = network };
        SimulationParameters[] others =
        [
            p, p with { SeedInput = 2 }, p with { SeedNet = 2 }, p with { SeedIc = 2 }, p with { Stop = RunLength.Seconds(2) },
            With(Brunel.Network(5.000000000000001, 2, 0.01, 0.01)), With(Network with { VoltageUnit = "" }),
            With(Network with { Silenced = [new("E") { Fraction = 0.1 }] }), With(Network with { Silenced = [new("E") { Neurons = [1] }] }),
            With(Network with { Silenced = [new("E") { Neurons = [2] }] }), With(Network with { Projections = [edges] }),
            With(Network with { Projections = [edges with { Edges = new("abd", [1], [2]) }] }),
            With(Network with { Projections = [edges with { Weight = new(QuantityKind.Listed, 0) { Values = [1] } }] }),
            With(Network with { Projections = [edges with { Weight = new(QuantityKind.Listed, 0) { Values = [2] } }] }),
        ];

        Assert.Equal(others.Length, others.Select(PointKey.Of).Distinct().Count());
        Assert.Equal(PointKey.Of(p), PointKey.Of(With(Brunel.Network(5, 2, 0.01, 0.01))));
        Assert.Equal(PointKey.Of(p), PointKey.Of(p with { J0 = 3, Rate = 17, Model = NeuronModel.Eif }));
    }
}

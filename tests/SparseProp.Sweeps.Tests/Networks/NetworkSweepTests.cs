using SparseProp.Engine;
using static SparseProp.Sweeps.Tests.Networks.NetworkTexts;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>Sweeps over networks of one's own.</summary>
public sealed class NetworkSweepTests
{
    private const string Sweep =
        """
        name: brunel
        network: brunel.network.yaml
        grid: { g: [3, 4.5, 5, 6], eta: [0.9, 2, 4], populations.I.tau: [10 ms, 20 ms] }
        zip: { seed_ic: 1..3, seed_net: 1..3, seed_input: 1..3 }
        fixed: { scale: 0.1 }
        stop: { seconds: 1 }
        burn_in: { seconds: 0.5 }

        """;

    [Fact]
    public void PointsHaveTheirNetworks()
    {
        var plan = Plan(Sweep);

        Assert.Equal(4 * 3 * 2 * 3, plan.Count);
        var point = plan[plan.Count - 1];
        Assert.Equal((1250, 0), (point.N, point.K));
        Assert.Equal((3, 3, 3), (point.SeedIc, point.SeedNet, point.SeedInput));
        Assert.Equal(1000, point.Network!.Populations[0].Size);
        Assert.Equal(0.02, point.Network.Populations[1].Tau.First);
        Assert.Equal(-0.6, point.Network.Projections[3].Weight.First, 1e-12);
        Assert.Equal(40000, point.Network.Inputs[0].Course.Values[0], 1e-6);
        Assert.Equal(0.1, point.NetworkValues!.Find("J")!.Value.Value.Real);
        Assert.Equal(["g", "eta", "populations.I.tau", "seed_ic", "seed_net", "seed_input"], plan.Axes.Select(axis => axis.Name));
        Assert.Equal("4.5", plan.Axes[0].TextAt(1));
        Assert.Equal("0.01", plan.Axes[2].TextOf(plan[0]));
    }

    [Fact]
    public void APointIsFoundAgain()
    {
        var plan = Plan(Sweep);
        for (var i = 0L; i < plan.Count; i++)
        {
            Assert.True(plan.TryIndexOf(plan[i], out var index));
            Assert.Equal(i, index);
        }

        Assert.False(plan.TryIndexOf(plan[0] with { SeedInput = 99 }, out _));
        Assert.False(plan.TryIndexOf(plan[0] with { Stop = RunLength.Seconds(2) }, out _));
    }

    [Fact]
    public void AnInlineNetworkIsThatOfItsFile()
    {
        var inline = Sweep.Replace(
            "network: brunel.network.yaml", "network:\n  " + Brunel.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal), StringComparison.Ordinal);

        var spec = SweepFile.Parse(inline, "s.yaml");

        Assert.Equal(Spec(Sweep).Hash, spec.Hash);
        Assert.NotEqual(Spec(Sweep.Replace("scale: 0.1", "scale: 0.2", StringComparison.Ordinal)).Hash, spec.Hash);
        Assert.NotEqual(SweepFile.Parse(inline.Replace("theta: 20 mV", "theta: 21 mV", StringComparison.Ordinal), "s.yaml").Hash, spec.Hash);
    }

    [Fact]
    public void ARangeOfANetworksParameterHasItsUnits()
    {
        var plan = Plan(
            """
            name: t
            network: brunel.network.yaml
            grid: { J: { from: 0.1 mV, to: 0.3 mV, steps: 3 }, eta: 1..3 }
            fixed: { scale: 0.04 }
            stop: { seconds: 1 }
            """);

        Assert.Equal(["0.1", "0.2", "0.3"], Enumerable.Range(0, 3).Select(i => plan.Axes[0].TextAt(i)));
        Assert.Equal(3, plan[2].NetworkValues!.Find("eta")!.Value.Value.Real);
    }

    [Fact]
    public void WhichNeuronsAreSilencedIsAnAxis()
    {
        var plan = new SweepPlan(SweepFile.Parse(
            """
            name: t
            network:
              parameters: { mute: [] }
              populations: { E: { model: lif, n: 10, tau: 20 ms, threshold: 20 mV, reset: 10 mV } }
              silence: mute
            grid: { mute: ["E[0..1]", "E[2..4]", [E[5], E[7]]] }
            stop: { seconds: 1 }
            """,
            "s.yaml"));

        Assert.Equal([0, 1], plan[0].Network!.Silenced[0].Neurons!);
        Assert.Equal([2, 3, 4], plan[1].Network!.Silenced[0].Neurons!);
        Assert.Equal(2, plan[2].Network!.Silenced.Count);
        Assert.Equal("E[5] + E[7]", plan.Axes[0].TextAt(2));
        Assert.Equal(3, new CostClasses(plan).Count);
        Assert.True(plan.TryIndexOf(plan[1], out var index));
        Assert.Equal(1, index);
    }

    [Theory]
    [InlineData("model: lif", "s.yaml:5:1: model: the network says what its neurons are; remove model, or the network")]
    [InlineData("grid: { n: [10, 20] }", "s.yaml:5:9: n: the network of this file does not declare n, which only the published network reads; it declares scale, g, eta, J, theta, C, and has paths such as populations.E.tau")]
    [InlineData("grid: { k: [10, 20] }", "s.yaml:5:9: k: the network of this file does not declare k, which only the published network reads; it declares scale, g, eta, J, theta, C, and has paths such as populations.E.tau")]
    [InlineData("grid: { etta: [1] }", "s.yaml:5:9: etta: unknown parameter (did you mean `eta`?); parameters of the network are scale, g, eta, J, theta, C, and paths such as populations.E.tau and projections.0.weight")]
    [InlineData("grid: { populations.E.taw: [1] }", "s.yaml:5:9: populations.E.taw: unknown parameter (did you mean `populations.E.tau`?); parameters of the network are scale, g, eta, J, theta, C, and paths such as populations.E.tau and projections.0.weight")]
    [InlineData("grid: { J: [0.1, 0.2] }", "s.yaml:5:13: J: the voltage 0.1 has no unit but that at 5:6 has one; give all of them one, such as 1 mV, or none")]
    [InlineData("grid: { J: [0.1 ms] }", "s.yaml:5:13: J: expected a voltage, such as 1 mV, but 0.1 ms is a time")]
    [InlineData("grid: { J: 1..3 }", "s.yaml:5:12: J: J is in mV, and a range such as 1..3 has no unit; list its values: [1 mV, 3 mV]")]
    [InlineData("grid: { g: [eta] }", "s.yaml:5:13: g: a value of g is a number or an expression of numbers, without the name eta")]
    [InlineData("grid: { g: [3, 3.0] }", "s.yaml:5:16: g: the value 3 stands twice, first at 5:13; the points would be the same")]
    [InlineData("grid: { populations.E.tau: [0 ms] }", "s.yaml:5:29: populations.E.tau: 0 ms is 0 and must be above 0")]
    [InlineData("grid: { g: [1], J: [0 mV] }", "brunel.network.yaml:15:37: inputs.0.poisson: eta*theta/(J*E.tau): division by zero (scale = 0.04, g = 1, J = 0 mV)")]
    [InlineData("grid: { C: [100, 400] }", "brunel.network.yaml:12:39: projections.0.in_degree: in_degree is 400, but E has 400 neurons to draw from, 399 without the neuron itself; multapses: true lets one be drawn several times (scale = 0.04, C = 400)")]
    [InlineData("grid: { model: [lif] }", "s.yaml:5:9: model: the network of this file does not declare model")]
    public void WhatDoesNotFitTheNetworkIsRefused(string section, string error)
    {
        var errors = Assert.Throws<SweepFileException>(() => Spec(
            $"name: t\nnetwork: brunel.network.yaml\nfixed: {{ scale: 0.04 }}\nstop: {{ seconds: 1 }}\n{section}\n")).Errors;

        Assert.StartsWith(error, errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OfHugeSweepsTheEndsOfTheAxesAreLookedAt()
    {
        const string huge =
            """
            name: t
            network: brunel.network.yaml
            grid: { g: { from: 0, to: 6, steps: 1001 }, eta: { from: 1, to: 4, steps: 1001 } }
            fixed: { scale: 0.04 }
            stop: { seconds: 1 }
            burn_in: { seconds: 1 }
            """;

        var warning = Assert.Single(Spec(huge).Warnings);
        Assert.StartsWith("s.yaml:2:1: warning: network: of the sweep's 1002001 networks, ", warning.ToString(), StringComparison.Ordinal);

        var error = Assert.Throws<SweepFileException>(() => Spec(huge.Replace("from: 1,", "from: 0,", StringComparison.Ordinal).Replace("eta*theta", "1/eta", StringComparison.Ordinal), ("eta*theta", "1 mV/eta"))).Errors[0];
        Assert.Equal("brunel.network.yaml:15:32: inputs.0.poisson: 1 mV/eta/(J*E.tau): division by zero (scale = 0.04, g = 0, eta = 0)", error.ToString());
    }

    [Fact]
    public void PointsOfOneNetworkAreRefused()
    {
        const string file =
            """
            name: same
            network:
              parameters: { unused: 3, K: 10 }
              populations: { E: { model: lif, n: 100, tau: 20 ms, threshold: 20 mV, reset: 10 mV, drive: 22 mV } }
              projections:
                - { from: E, to: E, in_degree: 'floor(K/10)', weight: 0.1 mV, delay: 1 ms }
            grid: { AXIS, seed_net: 1..2 }
            stop: { seconds: 0.1 }
            burn_in: { seconds: 0.2 }
            """;

        Assert.Contains(
            "7:9: K: points that differ in K only are the same network, such as that with K = 10 and that with K = 11",
            Assert.Throws<SweepFileException>(() => Spec(file.Replace("AXIS", "K: [10, 11, 20]", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "unused = 1 and that with unused = 2",
            Assert.Throws<SweepFileException>(() => Spec(file.Replace("AXIS", "unused: [1, 2]", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
        Assert.Equal(4, new SweepPlan(Spec(file.Replace("AXIS", "K: [10, 20]", StringComparison.Ordinal))).Count);
    }

    [Theory]
    [InlineData("parameters: { g: 1, G: 2 }", "E", "G and g differ in case only")]
    [InlineData("parameters: { Host: 1 }", "E", "choose another name")]
    [InlineData("parameters: { a: 1 }", "e", "e and E differ in case only")]
    public void NamesThatDatabasesTakeForOneAreRefused(string parameters, string other, string message) => Assert.Contains(
        message,
        Assert.Throws<SweepFileException>(() => Spec(
            $$"""
            name: same
            network:
              {{parameters}}
              populations:
                E: { model: lif, n: 100, tau: 20 ms, threshold: 20 mV, reset: 10 mV }
                I{{(other == "e" ? ": { like: E }\n    e" : "")}}: { like: E }
            stop: { seconds: 0.1 }
            """)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void WhatIdentifiesAPointIsKnownWithoutItsNetwork()
    {
        var plan = Plan(Sweep);
        for (var index = 0L; index < plan.Count; index += 7)
        {
            var point = plan[index];
            Assert.Equal(PointKey.Of(point), plan.KeyAt(index));
            Assert.Equal(point with { Network = null }, plan.RecordedAt(index));
            Assert.True(plan.TryIndexOf(plan.RecordedAt(index), plan.KeyAt(index), out var found));
            Assert.Equal(index, found);
            Assert.Equal((0, null), (plan.GivenAt(index).N, plan.GivenAt(index).Network));
        }
    }

    [Fact]
    public void ASweepThatWasRunIsReadWithoutMakingItsNetworks()
    {
        var text = Sweep.Replace("eta: [0.9,", "eta: [-0.9,", StringComparison.Ordinal);
        Assert.Throws<SweepFileException>(() => Spec(text));

        var plan = new SweepPlan(SweepFile.ParseStored(text, "s.yaml", FilesOf([("brunel.network.yaml", Brunel)])));

        // A point whose network cannot be simulated has a key and values nevertheless.
        var faulty = Enumerable.Range(0, (int)plan.Count).First(index => plan.Axes[1].TextOf(plan.GivenAt(index)) == "-0.9");
        Assert.Throws<SweepFileException>(() => plan[faulty]);
        Assert.NotEqual(plan.KeyAt(faulty), plan.KeyAt(faulty + 3));
        Assert.True(plan.TryIndexOf(plan.RecordedAt(faulty), plan.KeyAt(faulty), out var found));
        Assert.Equal(faulty, found);
    }

    [Fact]
    public void AMissingFileIsNamed() => Assert.Equal(
        "s.yaml:2:10: network: other.yaml cannot be read: it did not come with the network",
        Assert.Throws<SweepFileException>(() => Spec("name: t\nnetwork: other.yaml\nstop: { seconds: 1 }")).Message);

    [Fact]
    public void TheSeedOfInputsIsOfNetworksOnly() => Assert.Contains(
        "5:8: seed_input: only a network of one's own has inputs; write `network`, or remove it", Sweeps.ErrorsOf(Sweeps.OnePoint + "zip: { seed_input: 1..3 }"), StringComparison.Ordinal);

    private static SweepPlan Plan(string text) => new(Spec(text));

    private static SweepSpec Spec(string text, params IEnumerable<(string Old, string New)> changes) => SweepFile.Parse(
        text,
        "s.yaml",
        FilesOf([("brunel.network.yaml", changes.Aggregate(Brunel, (network, change) => network.Replace(change.Old, change.New, StringComparison.Ordinal)))]));
}

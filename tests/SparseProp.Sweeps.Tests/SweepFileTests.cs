using SparseProp.Engine;

namespace SparseProp.Sweeps.Tests;

public sealed class SweepFileTests
{
    [Fact]
    public void TheExampleSaysWhatItSays()
    {
        var spec = Sweeps.Parse(Sweeps.Example);

        Assert.Equal("scaling-lif", spec.Name);
        Assert.Equal([NeuronModel.Lif], spec.Models);
        Assert.Equal(["n", "k", "j0"], spec.Grid.Select(axis => axis.Name));
        Assert.Equal(["seed_ic", "seed_net"], spec.Zip.Select(axis => axis.Name));
        Assert.Equal(["model", "rate", "tau"], spec.Fixed.Select(axis => axis.Name));
        Assert.Equal(RunLength.SpikesPerNeuron(20), spec.Stop);
        Assert.Equal(RunLength.SpikesPerNeuron(5), spec.BurnIn);
        Assert.Equal(Sweeps.Example, spec.Text);
        Assert.Empty(spec.Warnings);
    }

    [Fact]
    public void WhatAFileDoesNotGiveHasItsDefault()
    {
        var point = Sweeps.Plan(Sweeps.OnePoint)[0];

        Assert.Equal(new SimulationParameters { N = 100, K = 10, Stop = RunLength.Spikes(10) }, point);
    }

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("verify: 0.02\npriority: 5", 0.02, 5)]
    [InlineData("verify: 1\npriority: -100", 1, -100)]
    [InlineData("verify: 0\npriority: 1e2", 0, 100)]
    public void HowASweepIsConductedIsInItsSpecAndNotInItsPoints(string keys, double verify, int priority)
    {
        var text = Sweeps.OnePoint + keys;
        var spec = Sweeps.Parse(text);

        Assert.Equal((verify, priority), (spec.Verify, spec.Priority));
        Assert.Equal(Sweeps.Plan(Sweeps.OnePoint).KeyAt(0), Sweeps.Plan(text).KeyAt(0));
    }

    [Fact]
    public void EveryAvailableModelMayBeSweptInThePublishedLoop()
    {
        foreach (var model in Enum.GetValues<NeuronModel>())
        {
            var text = Sweeps.OnePoint.Replace("model: lif", $"model: {EngineNames.Of(model)}", StringComparison.Ordinal);

            Assert.Equal(model, Sweeps.Plan(text + "engine: heap\n")[0].Model);
        }
    }

    [Fact]
    public void EveryKeyReachesThePoint()
    {
        var point = Sweeps.Plan(
            """
            name: t
            stop: { seconds: 2.5 }
            burn_in: { spikes: 7 }
            topology: published
            engine: heap
            record: [rate]
            fixed: { model: lif, n: 100, k: 10, j0: 2, g: 4, rate: 3, tau: 0.02, seed_ic: -4, seed_net: 5 }
            """)[0];

        var expected = new SimulationParameters
        {
            N = 100,
            K = 10,
            J0 = 2,
            G = 4,
            Rate = 3,
            Tau = 0.02,
            SeedIc = -4,
            SeedNet = 5,
            Topology = Topology.Published,
            Loop = EventLoop.Heap,
            Stop = RunLength.Seconds(2.5),
            BurnIn = RunLength.Spikes(7),
            Record = StatisticKinds.Rate,
        };
        Assert.Equal(expected, point);
    }

    [Fact]
    public void ANeuronsOwnParametersReachThePointsOfTheModelsThatReadThem()
    {
        var plan = Sweeps.Plan(
            """
            name: t
            stop: { spikes: 1 }
            fixed: { n: 100, k: 10, eta: 0.4, delta_v: 0.2, chebyshev_order: 20 }
            grid: { model: [lif, qif-inhomogeneous, eif, eif-chebyshev] }
            """);

        Assert.Equal(
            [(0, 0.1, 0), (0.4, 0.1, 0), (0, 0.2, 0), (0, 0.2, 20)],
            Points(plan).Select(point => (point.Eta, point.DeltaV, point.ChebyshevOrder)));
    }

    [Theory]
    [InlineData("j0: [0.5, 2, 1e-1, +3.]", "0.5 2 0.1 3")]
    [InlineData("j0: 2", "2")]
    [InlineData("j0: 1..3", "1 2 3")]
    [InlineData("seed_ic: -1..1", "-1 0 1")]
    [InlineData("g: { from: 0, to: 8, steps: 3 }", "0 4 8")]
    [InlineData("seed_ic: [1e5, 007]", "100000 7")]
    [InlineData("j0: { from: 0.5, to: 2.0, steps: 4 }", "0.5 1 1.5 2")]
    [InlineData("j0: { from: 0.1, to: 0.9, steps: 9, scale: lin }", "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9")]
    [InlineData("j0: { from: 1, to: 1000, steps: 4, scale: log }", "1 10 100 1000")]
    [InlineData("j0: { from: 1000, to: 1, steps: 4, scale: log }", "1000 100 10 1")]
    [InlineData("j0: { from: 3, to: 3, steps: 1 }", "3")]
    [InlineData("seed_ic: { from: 1, to: 10, steps: 4, scale: linear }", "1 4 7 10")]
    [InlineData("seed_ic: { from: 10, to: -1, steps: 3 }", "10 5 -1")]
    [InlineData("seed_ic: { from: 1, to: 1000, steps: 7, scale: log }", "1 3 10 32 100 316 1000")]
    public void AnAxisHasTheValuesItDescribes(string axis, string values)
    {
        var plan = Sweeps.Plan($"{Sweeps.OnePoint}grid: {{ {axis} }}");

        Assert.Equal(values, string.Join(' ', Points(plan).Select(plan.Axes[0].TextOf)));
    }

    [Fact]
    public void TheEndsOfARangeAreExactlyAsWritten()
    {
        var plan = Sweeps.Plan(
            Sweeps.OnePoint + "grid: { j0: { from: 0.123456789012345678, to: 9.87654321098765432, steps: 1000001, scale: log } }");

        Assert.Equal(0.123456789012345678, plan[0].J0);
        Assert.Equal(9.87654321098765432, plan[plan.Count - 1].J0);
    }

    [Fact]
    public void ASeedOfSixtyFourBitsIsExact()
    {
        var plan = Sweeps.Plan(Sweeps.OnePoint + "grid: { seed_ic: 9223372036854775800..9223372036854775807 }");

        Assert.Equal(long.MaxValue, plan[7].SeedIc);
        Assert.Equal(8, plan.Count);
    }

    [Fact]
    public void CountsUpToThirtyTwoBitsAreAccepted()
    {
        Assert.Equal(int.MaxValue, Sweeps.Plan(Sweeps.WithoutNetwork + "fixed: { n: 2147483647, k: 10 }")[0].N);
    }

    [Fact]
    public void EmptySectionsAreNoAxes()
    {
        Assert.Equal(1, Sweeps.Plan(Sweeps.OnePoint + "grid:\nzip: {}\n").Count);
    }

    [Fact]
    public void AByteOrderMarkIsNoContent()
    {
        Assert.Equal("t", Sweeps.Parse('\uFEFF' + Sweeps.OnePoint).Name);
    }

    [Fact]
    public void SeedsOfPublishedNetworksAreWarnedAbout()
    {
        var warning = Assert.Single(Sweeps.Parse(Sweeps.OnePoint + "topology: published\ngrid: { seed_net: 1..3 }\nburn_in: { spikes_per_neuron: 1 }").Warnings);

        Assert.StartsWith("s.yaml:6:9: warning: seed_net: networks of the published generator", warning.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("write topology: independent", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topology: published\ngrid: { seed_net: [4] }")]
    [InlineData("topology: published\ngrid: { seed_ic: 1..3 }")]
    [InlineData("topology: independent\ngrid: { seed_net: 1..3 }")]
    public void SweepsWithoutThatPitfallAreNotWarnedAbout(string keys)
    {
        Assert.Empty(Sweeps.Parse(Sweeps.OnePoint + keys + "\nburn_in: { spikes_per_neuron: 1 }").Warnings);
    }

    [Theory]
    [InlineData("n: 10000000, k: 100", "", "3:17: warning: burn_in: without a burn-in", "write burn_in: { spikes_per_neuron: 1 }")]
    [InlineData("n: 10000000, k: 100", "burn_in: { spikes: 100000 }", "5:20: warning: burn_in: a burn-in that is shorter", "lif with n = 10000000")]
    [InlineData("n: 100, k: 10", "burn_in: { seconds: 0.2 }", "5:21: warning: burn_in: a burn-in that is shorter", "spikes_per_neuron: 1 }")]
    [InlineData("n: 100, k: 10, tau: 0.1, rate: 10", "burn_in: { spikes_per_neuron: 5 }", "5:31: warning", "write burn_in: { spikes_per_neuron: 17 }")]
    public void ABurnInShorterThanTheTransientIsWarnedAbout(string network, string burnIn, params string[] parts)
    {
        var warning = Assert.Single(Sweeps.Parse($"name: t\nmodel: lif\nstop: {{ spikes: 1000000 }}\nfixed: {{ {network} }}\n{burnIn}\n").Warnings);

        Assert.All(parts, part => Assert.Contains(part, warning.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("grid: { n: [100, 1000, 1e6], model: [lif, eif, qif], j0: [0.5, 1, 2] }", "burn_in: { spikes_per_neuron: 2 }")]
    [InlineData("grid: { n: [100, 1000, 1e6], model: [lif, eif, lif-lookup] }", "burn_in: { spikes_per_neuron: 1 }")]
    [InlineData("grid: { n: 100..1000000, model: [lif] }", "burn_in: { seconds: 1 }")]
    public void ABurnInThatHoldsTheTransientIsNot(string grid, string burnIn) =>
        Assert.Empty(Sweeps.Parse($"name: t\nstop: {{ spikes: 10 }}\n{grid}\nfixed: {{ k: 10 }}\n{burnIn}\n").Warnings);

    [Fact]
    public void InASweepOfMillionsOneModelWithAShortBurnInIsFound()
    {
        const string axes = "grid: { n: 1000..100000, k: [10, 20, 50], tau: { from: 0.01, to: 0.011, steps: 100 }, model: [lif, qif, eif], seed_net: 1..1000 }";

        var warning = Assert.Single(Sweeps.Parse($"name: t\nstop: {{ spikes: 10 }}\n{axes}\nburn_in: {{ spikes_per_neuron: 1 }}\n").Warnings);

        Assert.Contains("as of qif", warning.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<SimulationParameters> Points(SweepPlan plan)
    {
        for (long i = 0; i < plan.Count; i++)
        {
            yield return plan[i];
        }
    }
}

using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>What happens at one instant, on networks that are driven by given spikes.</summary>
public sealed class InstantTests
{
    private const double Delay = 1.5e-3;

    // Membranes at rest.
    private static readonly Population Slow = new()
    {
        Name = "target",
        Model = PopulationModel.Lif,
        Size = 1,
        Tau = Quantity.Of(1000),
        Threshold = Quantity.Of(20),
        Reset = Quantity.Of(10),
        Rest = Quantity.Of(10),
        Refractory = Quantity.Of(2e-3),
    };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(-1, 1)]
    public void InputAtTheEndOfRefractorinessCountsAndATickEarlierDoesNot(long later, int spikes)
    {
        // Whatever the absolute time is (an accumulated rounding would show).
        foreach (var first in new[] { 0.0, 0.1, 0.3, 1.7, 123.456, 7000.3 })
        {
            var second = Ticks.ToSeconds(Ticks.Of(first) + Ticks.Of(2e-3) + Math.Min(0, later));
            var found = Spikes(Slow, [(first, 30), (second, 30)], first + 1);
            if (Ticks.Of(second) - Ticks.Of(first) == Ticks.Of(2e-3) + Math.Min(0, later))
            {
                Assert.Equal(later < 0 ? 1 : 2, Targets(found));
            }
        }

        Assert.InRange(spikes, 1, 2);
    }

    [Fact]
    public void RefractorinessHoldsUnderSpikingInput()
    {
        // One input each 0.1 ms, each above threshold: one spike each 2 ms.
        var inputs = Enumerable.Range(0, 1000).Select(i => (i * 1e-4, 30.0)).ToArray();

        Assert.Equal(50, Targets(Spikes(Slow, inputs, 0.2)));
    }

    [Theory]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(101, 1)]
    public void ASumThatIsTheThresholdReachesIt(int inputs, int spikes)
    {
        // 10 mV + 100 · 0.1 mV, which no binary sum is exactly.
        var found = Spikes(Slow, [.. Enumerable.Repeat((0.01, 0.1), inputs)], 0.1);

        Assert.Equal(spikes, Targets(found));
    }

    [Theory]
    [InlineData(30, -25, 0)]
    [InlineData(-25, 30, 0)]
    [InlineData(30, -15, 1)]
    [InlineData(-15, 30, 1)]
    public void WhatArrivesAtOneInstantActsAsItsSumInAnyOrder(double first, double second, int spikes) =>
        Assert.Equal(spikes, Targets(Spikes(Slow, [(0.01, first), (0.01, second)], 0.1)));

    [Fact]
    public void NothingOfTheSumSurvivesTheReset()
    {
        // 10 + 30 − 5 fires; after it V is 10 again, and 9 more do not.
        Assert.Equal(1, Targets(Spikes(Slow, [(0.01, 30), (0.01, -5), (0.02, 9)], 0.1)));
        Assert.Equal(2, Targets(Spikes(Slow, [(0.01, 30), (0.01, -5), (0.02, 10)], 0.1)));
        var restless = Slow with { Refractory = Quantity.Of(0) };
        Assert.Equal(1, Targets(Spikes(restless, [(0.01, 30), (0.01, -5), (0.02, 9)], 0.1)));
        Assert.Equal(2, Targets(Spikes(restless, [(0.01, 30), (0.01, -5), (0.02, 10)], 0.1)));
    }

    [Fact]
    public void InhibitionTakesBackASpikeOfThatVeryInstant()
    {
        // Without input it spikes at 6.93147… ms.
        var driven = Slow with { Tau = Quantity.Of(0.01), Reset = Quantity.Of(0), Rest = Quantity.Of(0), Drive = Quantity.Of(40), Refractory = Quantity.Of(0) };
        var alone = Spikes(driven, [], 0.01, v: 0);
        var instant = alone.Seconds[^1];

        Assert.Equal(0.01 * Math.Log(2), instant, 1e-15);
        Assert.Equal(0, Targets(Spikes(driven, [(instant, -1)], 0.00695, v: 0)));
        Assert.Equal(1, Targets(Spikes(driven, [(instant, 1)], 0.00695, v: 0)));
        Assert.Equal(1, Targets(Spikes(driven, [(Ticks.ToSeconds(Ticks.Of(instant) + 1), -1)], 0.00695, v: 0)));
    }

    [Fact]
    public void SynapsesHaveDelaysOfTheirOwn()
    {
        var found = Run(new NetworkDescription
        {
            Populations = [Source([(0.01, 0)], 1), Slow with { Size = 3 }],
            Projections =
            [
                new Projection
                {
                    Name = "edges", From = new("source"), To = new("target"), Rule = ConnectionRule.Listed, Weight = Quantity.Of(30),
                    Edges = new("edges", [0, 0, 0], [0, 1, 2]), Delay = new(QuantityKind.Listed, 0) { Values = [5e-3, 1e-3, 3e-3] },
                },
            ],
            Initial = [new(new("target"), Quantity.Of(10))],
        }, 0.1);

        Assert.Equal([0, 2, 3, 1], found.Neurons);
        Assert.Equal([0.01, 0.011, 0.013, 0.015], found.Seconds);
    }

    [Fact]
    public void WithoutDelayGenerationsActTogether()
    {
        // 0 → 1 and 2; 1 excites 3, 2 inhibits it: together they leave it below threshold, whatever their numbers.
        foreach (var (excites, inhibits) in new[] { (1, 2), (2, 1) })
        {
            var projection = new Projection
            {
                Name = "edges",
                From = new("target"),
                To = new("target"),
                Rule = ConnectionRule.Listed,
                Edges = new("edges", [0, 0, excites, inhibits], [1, 2, 3, 3]),
                Weight = new(QuantityKind.Listed, 0) { Values = [15, 15, 15, -15] },
                Delay = Quantity.Of(0),
            };
            var network = new NetworkDescription
            {
                Populations = [Slow with { Size = 4 }],
                Projections = [projection],
                Inputs = [new() { Name = "first", To = new("target"), Kind = InputKind.Spikes, Spikes = new("one", [0], [0.01]), Weight = Quantity.Of(15) }],
                Initial = [new(new("target"), Quantity.Of(10))],
            };

            var found = Run(network, 0.1);
            Assert.Equal([0, 1, 2], found.Neurons);
            Assert.All(found.Seconds, time => Assert.Equal(0.01, time));
        }
    }

    [Fact]
    public void ANeuronSpikesOnceInAnInstant()
    {
        // Two that excite each other.
        var network = new NetworkDescription
        {
            Populations = [Slow with { Size = 2, Refractory = Quantity.Of(0) }],
            Projections =
            [
                new Projection { Name = "both", From = new("target"), To = new("target"), Rule = ConnectionRule.AllToAll, Weight = Quantity.Of(15), Delay = Quantity.Of(0) },
            ],
            Inputs = [new() { Name = "first", To = new("target"), Kind = InputKind.Spikes, Spikes = new("one", [0], [0.01]), Weight = Quantity.Of(15) }],
            Initial = [new(new("target"), Quantity.Of(10))],
        };

        Assert.Equal([0, 1], Run(network, 0.1).Neurons);
    }

    private static Population Source((double Seconds, int Neuron)[] spikes, int size) => new()
    {
        Name = "source",
        Model = PopulationModel.Spikes,
        Size = size,
        Spikes = new("given", [.. spikes.Select(spike => spike.Neuron)], [.. spikes.Select(spike => spike.Seconds)]),
    };

    // Each input comes from a source of its own, a delay later than its source's spike.
    private static SpikeList Spikes(Population target, (double Seconds, double Weight)[] inputs, double seconds, double v = 10)
    {
        var network = new NetworkDescription
        {
            Populations = [target],
            Inputs = [.. inputs.Select((input, i) => new ExternalInput
            {
                Name = $"input {i}", To = new("target"), Kind = InputKind.Spikes, Spikes = new($"{i}", [0], [input.Seconds]), Weight = Quantity.Of(input.Weight),
            })],
            Initial = [new(new("target"), Quantity.Of(v))],
        };
        var found = Run(network, seconds);

        // The same by synapses.
        var projected = Run(
            network with
            {
                Populations = [target, .. inputs.Select((input, i) => Source([(input.Seconds - Delay, 0)], 1) with { Name = $"s{i}" }).Where((_, i) => inputs[i].Seconds >= Delay)],
                Inputs = [],
                Projections = [.. inputs.Select((input, i) => new Projection
                {
                    Name = $"p{i}", From = new($"s{i}"), To = new("target"), Rule = ConnectionRule.AllToAll, Weight = Quantity.Of(input.Weight), Delay = Quantity.Of(Delay),
                }).Where((_, i) => inputs[i].Seconds >= Delay)],
            },
            seconds);
        if (inputs.All(input => input.Seconds >= Delay && Ticks.Of(input.Seconds - Delay) + Ticks.Of(Delay) == Ticks.Of(input.Seconds)))
        {
            Assert.Equal(Targets(found), Targets(projected));
        }

        return found;
    }

    private static int Targets(SpikeList spikes) => spikes.Neurons.Count(neuron => neuron == 0);

    private static SpikeList Run(NetworkDescription network, double seconds)
    {
        var p = SimulationParameters.Of(network, RunLength.Seconds(seconds));
        Assert.Empty(ParameterRules.Check(p));
        return SpikeList.Of(p).Spikes;
    }
}

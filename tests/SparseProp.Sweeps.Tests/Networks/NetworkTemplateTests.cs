using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;
using static SparseProp.Sweeps.Tests.Networks.NetworkTexts;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>What files of networks mean.</summary>
public sealed class NetworkTemplateTests
{
    [Fact]
    public void TheDesignsExampleIsBrunelsNetwork()
    {
        var network = Describe(Brunel);

        Assert.Equal("mV", network.VoltageUnit);
        Assert.Equal(12500, network.Neurons);
        Assert.Equal(["E", "I"], network.Populations.Select(population => population.Name));
        var inhibitory = network.Populations[1];
        Assert.Equal((2500, PopulationModel.Lif), (inhibitory.Size, inhibitory.Model));
        Assert.Equal((0.02, 20, 10, 0.002), (inhibitory.Tau.First, inhibitory.Threshold.First, inhibitory.Reset.First, inhibitory.Refractory.First));
        Assert.Equal((0, 0), (inhibitory.Rest.First, inhibitory.Drive.First));
        Assert.Equal(["E->E", "E->I", "I->E", "I->I"], network.Projections.Select(projection => projection.Name));
        Assert.Equal([1000, 1000, 250, 250], network.Projections.Select(projection => projection.Amount));
        Assert.Equal([0.1, 0.1, -0.5, -0.5], network.Projections.Select(projection => projection.Weight.First));
        Assert.All(network.Projections, projection => Assert.Equal(0.0015, projection.Delay.First));
        Assert.All(network.Projections, projection => Assert.Equal(ConnectionRule.InDegree, projection.Rule));
        Assert.Equal(["poisson->E", "poisson->I"], network.Inputs.Select(input => input.Name));
        Assert.Equal(20000, network.Inputs[0].Course.Values[0], 1e-9);
        Assert.Equal(0.1, network.Inputs[0].Weight.First);
        Assert.Equal(new Quantity(QuantityKind.Uniform, 0, 20), network.Initial[1].Potential);
    }

    [Fact]
    public void ParametersAndPathsAreGivenOtherValues()
    {
        var template = Read(Brunel);
        var network = Evaluate(
            template, ("g", "4.5"), ("J", "200 uV"), ("scale", "0.1"), ("populations.I.tau", "10 ms"), ("projections.0.delay", "2e-3"), ("inputs.0.poisson", "5 kHz")).Description!;

        Assert.Equal([1000, 250], network.Populations.Select(population => population.Size));
        Assert.Equal([0.02, 0.01], network.Populations.Select(population => population.Tau.First));
        Assert.Equal([0.2, 0.2, -0.9, -0.9], network.Projections.Select(projection => projection.Weight.First));
        Assert.Equal([0.002, 0.002, 0.0015, 0.0015], network.Projections.Select(projection => projection.Delay.First));
        Assert.Equal([100, 100, 25, 25], network.Projections.Select(projection => projection.Amount));
        Assert.Equal(5000, network.Inputs[1].Course.Values[0]);
    }

    [Fact]
    public void ValuesAreThoseOfAllDeclaredParameters()
    {
        var evaluation = Evaluate(Read(Brunel), ("scale", "0.5"), ("populations.I.tau", "10 ms"));

        Assert.Equal(
            [("scale", 0.5), ("g", 5), ("eta", 2), ("J", 0.1), ("theta", 20), ("C", 500), ("populations.I.tau", 0.01)],
            evaluation.Values.All.Select(pair => (pair.Name, pair.Value.Real)));
    }

    [Fact]
    public void TheSameValuesGiveTheSameNetworkAgain()
    {
        var template = Read(Brunel);
        var first = Evaluate(template, ("scale", "0.5"));

        var second = template.Evaluate(first.Values);

        Assert.Equal(first.Values, second.Values);
        Assert.Equal(first.Description!.Populations.Select(p => p.Size), second.Description!.Populations.Select(p => p.Size));
    }

    [Fact]
    public void AFileWithoutUnitsOfVoltageHasPlainNumbers()
    {
        var network = Describe(
            """
            parameters: { theta: 1, J: theta/10 }
            populations:
              Q: { model: qif, n: 100, tau: 10 ms, drive: -0.5, threshold: 100, reset: -100 }
              L: { model: lif, n: 3, tau: 0.01, threshold: theta, reset: 0 }
            projections: [{ from: Q, to: L, probability: 0.1, weight: J*L.threshold, name: feed }]
            """);

        Assert.Equal("", network.VoltageUnit);
        Assert.Equal(-0.5, network.Populations[0].Drive.First);
        Assert.Equal(0.01, network.Populations[0].Tau.First);
        Assert.Equal(("feed", 0.1, 0.0), (network.Projections[0].Name, network.Projections[0].Weight.First, network.Projections[0].Delay.First));
    }

    [Fact]
    public void DefaultsAreThoseOfTheModel()
    {
        var populations = Describe(
            """
            populations:
              q: { model: qif, n: 2, tau: 10 ms }
              e: { model: eif, n: 2, tau: 10 ms, reset: 0, delta_v: 1, onset: 2 }
              p: { model: poisson, n: 2, rate: 8 Hz }
            """).Populations;

        Assert.Equal((double.PositiveInfinity, double.NegativeInfinity, 0), (populations[0].Threshold.First, populations[0].Reset.First, populations[0].Refractory.First));
        Assert.Equal((double.PositiveInfinity, 0, 1, 2), (populations[1].Threshold.First, populations[1].Reset.First, populations[1].DeltaV, populations[1].Onset));
        Assert.Equal(8, populations[2].Rate.Values[0]);
        Assert.True(populations[2].IsSource);
    }

    [Fact]
    public void DistributionsHaveTheirParts()
    {
        var network = Describe(OnePopulation +
            """
            projections:
              - from: E
                to: E
                probability: 0.5
                weight: { normal: [0.1 mV, 0.01 mV], min: 0 mV }
                delay: { lognormal: [1.5 ms, 0.8 ms], min: 0.1 ms, max: 20 ms }
            overrides:
              - { of: "E[0..4]", threshold: { uniform: [19 mV, 21 mV] }, refractory: 1 ms }
            """);

        Assert.Equal(new Quantity(QuantityKind.Normal, 0.1, 0.01, Min: 0), network.Projections[0].Weight);
        Assert.Equal(new Quantity(QuantityKind.Lognormal, 0.0015, 0.0008, 0.0001, 0.02), network.Projections[0].Delay);
        Assert.Equal(["threshold", "refractory"], network.Populations[0].Overrides.Select(part => part.Key));
        Assert.Equal([0, 1, 2, 3, 4], network.Populations[0].Overrides[0].Of.Neurons!);
        Assert.Equal(new Quantity(QuantityKind.Uniform, 19, 21), network.Populations[0].Overrides[0].Value);
    }

    [Fact]
    public void InputsVaryInTime()
    {
        var inputs = Describe(OnePopulation +
            """
            inputs:
              - { to: E, poisson: { steps: [[0 s, 8 Hz], [1 s, 12 Hz]] }, weight: 0.1 mV, sources: 1000, shared: true }
              - { to: E, poisson: { sine: { mean: 10 Hz, amplitude: 5 Hz, frequency: 20 Hz, phase: pi/2 } }, weight: 0.1 mV, name: beat }
              - { to: "E[3]", current: { steps: [[500 ms, 5 mV]] } }
            """).Inputs;

        Assert.Equal([0.0, 1], inputs[0].Course.Times);
        Assert.Equal([8.0, 12], inputs[0].Course.Values);
        Assert.Equal((1000, true, "poisson->E"), (inputs[0].Sources, inputs[0].Shared, inputs[0].Name));
        Assert.Equal(new Sine(10, 5, 20, Math.PI / 2), inputs[1].Course.Sine);
        Assert.Equal("beat", inputs[1].Name);
        Assert.Equal((InputKind.Current, "current->E"), (inputs[2].Kind, inputs[2].Name));
        Assert.Equal([0.0, 0.5], inputs[2].Course.Times);
        Assert.Equal([0.0, 5], inputs[2].Course.Values);
        Assert.Equal([3], inputs[2].To.Neurons!);
    }

    [Fact]
    public void PartsOfPopulationsAreValuesOfParameters()
    {
        var template = Read(
            """
            parameters: { hit: "E[0..1]", share: 0.2, mute: ["E[2]", I] }
            """ + "\n" + OnePopulation + "  I: { like: E }\n" +
            """
            projections: [{ from: hit, to: E, in_degree: 1, weight: 1 mV }]
            inputs: [{ to: [hit, I[fraction: share]], poisson: 1 Hz, weight: 1 mV }]
            silence: mute
            """);

        var network = Evaluate(template).Description!;
        Assert.Equal([0, 1], network.Projections[0].From.Neurons!);
        Assert.Equal(0.2, network.Inputs[1].To.Fraction);
        Assert.Equal(["E", "I"], network.Silenced.Select(part => part.Population));

        network = Evaluate(template, ("hit", "E[5..9]"), ("mute", "[I[fraction: 0.5]]"), ("share", "0.3")).Description!;
        Assert.Equal([5, 6, 7, 8, 9], network.Inputs[0].To.Neurons!);
        Assert.Equal(0.3, network.Inputs[1].To.Fraction);
        Assert.Equal(0.5, Assert.Single(network.Silenced).Fraction);
    }

    [Fact]
    public void AnotherProjectionBeforeChangesNoNames()
    {
        const string two =
            """
            projections:
              - { from: E, to: E, in_degree: 1, weight: 1 mV }
              - { from: E, to: E, in_degree: 2, weight: 1 mV }
            """;
        Assert.Equal(["E->E", "E->E 2"], Describe(OnePopulation + two).Projections.Select(projection => projection.Name));
        Assert.Equal(
            ["E->I", "E->E", "E->E 2"],
            Describe(OnePopulation + "  I: { like: E }\n" + two.Replace("projections:", "projections:\n  - { from: E, to: I, in_degree: 1, weight: 1 mV }", StringComparison.Ordinal))
                .Projections.Select(projection => projection.Name));
    }

    [Fact]
    public void WhatIsWrongAtOnePointOnlyIsNamedWithIt()
    {
        var template = Read(
            """
            parameters: { eta: 2 }
            populations: { E: { model: poisson, n: 10, rate: 8 Hz/(eta - 1) } }
            """);

        Assert.Empty(Evaluate(template, ("eta", "3")).Errors);
        Assert.Equal(
            "n.yaml:2:54: E.rate: 8 Hz/(eta - 1): division by zero (eta = 1)", Assert.Single(Evaluate(template, ("eta", "1")).Errors).ToString());
        Assert.Equal(
            "n.yaml:2:50: E.rate: 8 Hz/(eta - 1) is -8 and must be 0 or above (eta = 0)", Assert.Single(Evaluate(template, ("eta", "0")).Errors).ToString());
    }

    [Fact]
    public void TimesThatWereMeantInMillisecondsAreDoubted()
    {
        var template = Read(
            """
            populations: { E: { model: lif, n: 10, tau: 20, threshold: 20, reset: 10, refractory: 2 } }
            projections: [{ from: E, to: E, in_degree: 1, weight: 1, delay: 1.5 }]
            """);

        Assert.Equal(
            """
            n.yaml:1:45: warning: E.tau: E.tau = 20 is in seconds, and membrane time constants are 0.5 ms to 500 ms; 20 ms is written 0.02
            n.yaml:1:87: warning: E.refractory: E.refractory = 2 is in seconds, and refractory times are 0.05 ms to 100 ms; 2 ms is written 0.002
            n.yaml:2:65: warning: projections.0.delay: projections.0.delay = 1.5 is in seconds, and delays are 0.001 ms to 500 ms; 1.5 ms is written 0.0015
            """,
            string.Join('\n', template.Evaluate(NetworkValues.Empty).Warnings));
    }

    [Fact]
    public void ManyPointsAreEvaluatedFromSeveralThreads()
    {
        var template = Read(Brunel);
        var g = template.Find("g")!;

        Parallel.For(0, 2000, i =>
        {
            var network = template.Evaluate(NetworkValues.Empty.With(new("g", ParameterValue.Of((double)i)))).Description!;
            Assert.Equal(-i * 0.1, network.Projections[3].Weight.First, 1e-9);
        });
        Assert.Equal("5", g.TextOf(g.Parameter.Default));
    }
}

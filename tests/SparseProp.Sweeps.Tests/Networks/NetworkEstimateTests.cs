using SparseProp.Engine;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Networks;
using static SparseProp.Sweeps.Tests.Networks.NetworkTexts;

namespace SparseProp.Sweeps.Tests.Networks;

/// <summary>What points of networks of populations are expected to cost.</summary>
public sealed class NetworkEstimateTests
{
    private const string Driven =
        """
        parameters: { I: 2, k: 100 }
        populations: { P: { model: lif, n: 10000, tau: 10 ms, threshold: 1, reset: 0, drive: I } }
        projections: [ { from: P, to: P, in_degree: k, weight: -0.1, delay: 0 ms } ]
        """;

    // Of simulations at full scale, from 0.1 s to 1 s behind a burn-in of 0.1 s.
    [Theory]
    [InlineData(3, 2, 333.6)]
    [InlineData(5, 2, 38.4)]
    [InlineData(6, 4, 63.2)]
    [InlineData(4.5, 0.9, 5.83)]
    [InlineData(8, 1, 2.3)]
    public void RatesOfBrunelsRegimesAreRightToAFactorOfTwo(double g, double eta, double rateHz) =>
        Assert.InRange(NetworkExpectation.Of(NetworkOf(Brunel, ("g", g), ("eta", eta))).RateHz, rateHz / 2, rateHz * 2);

    [Theory]
    [InlineData("model: lif, n: 10000, tau: 10 ms, threshold: 1, reset: 0", 13.7)]
    [InlineData("model: qif, n: 10000, tau: 10 ms", 17.5)]
    [InlineData("model: eif, n: 10000, tau: 10 ms, delta_v: 0.1, onset: 1, reset: 0", 12.2)]
    public void RatesOfNeuronsThatFireByThemselvesAreRightToAFactorOfTwo(string neurons, double rateHz) =>
        Assert.InRange(
            NetworkExpectation.Of(NetworkOf(Driven.Replace("model: lif, n: 10000, tau: 10 ms, threshold: 1, reset: 0", neurons, StringComparison.Ordinal))).RateHz,
            rateHz / 2, rateHz * 2);

    /// <summary>Without coupling and noise, the rate is known.</summary>
    [Fact]
    public void ALeakyNeuronAloneHasTheRateOfItsDrive()
    {
        var alone = NetworkOf(Driven.Replace("drive: I", "drive: I, refractory: 2 ms", StringComparison.Ordinal), ("k", 0));

        Assert.Equal(1 / (0.002 + (0.01 * Math.Log(2))), NetworkExpectation.Of(alone).RateHz, 2.5);
    }

    /// <summary>∫ over a standard normal: a quadratic neuron at rest with noise D fires at 0.2010 D^(1/3) per τ.</summary>
    [Fact]
    public void AQuadraticNeuronFiresByNoise()
    {
        var population = new Population { Name = "P", Model = PopulationModel.Qif, Size = 1, Tau = Quantity.Of(1) };

        // 2√π·12^(1/6)·Γ(1/6)/6 for D = 1.
        Assert.Equal(1 / (2 * Math.Sqrt(Math.PI) * Math.Pow(12, 1.0 / 6) * 5.566316001780235 / 6), PopulationGain.HertzOf(population, 0, 2, 1e9), 1e-6);
    }

    [Fact]
    public void AnInputThatAlwaysFiresANeuronFiresItOnce() => Assert.InRange(
        NetworkExpectation.Of(NetworkOf(
            """
            populations: { P: { model: lif, n: 100, tau: 20 ms, threshold: 1, reset: 0, refractory: 2 ms } }
            inputs: [ { to: P, poisson: 5 Hz, weight: 100 } ]
            """)).RateHz, 4, 5);

    [Fact]
    public void SourcesCountAsTheySpike()
    {
        var expected = NetworkExpectation.Of(NetworkOf(
            """
            populations:
              S: { model: poisson, n: 100, rate: 20 Hz }
              P: { model: lif, n: 100, tau: 20 ms, threshold: 1, reset: 0 }
            projections: [ { from: S, to: P, out_degree: 10, weight: 1e-6, delay: 1 ms } ]
            """));

        Assert.Equal(10, expected.RateHz, 0.1);
        Assert.Equal(100 * 20 * 10, expected.RecurrentPerSecond, 1.0);
        Assert.Equal(0, expected.InputsPerSecond);
    }

    [Fact]
    public void LengthsInSecondsCostTheirInputsAndSpikes()
    {
        var network = NetworkOf(Brunel);
        var expected = NetworkExpectation.Of(network);
        var point = SimulationParameters.Of(network, RunLength.Seconds(2)) with { BurnIn = RunLength.Seconds(1) };

        Assert.Equal(12_500 * 20_000, expected.InputsPerSecond, 1.0);
        Assert.Equal(12_500 * 1250 * expected.RateHz, expected.RecurrentPerSecond, 1e-6 * expected.RecurrentPerSecond);
        Assert.Equal(3 * (expected.InputsPerSecond + expected.RecurrentPerSecond), PointEstimate.Of(point).SynapticEvents, 1.0);
    }

    [Fact]
    public void LengthsInSpikesLastAsLongAsTheNetworkTakesForThem()
    {
        var network = NetworkOf(Brunel);
        var rate = NetworkExpectation.Of(network).RateHz;
        double Events(RunLength stop) => PointEstimate.Of(SimulationParameters.Of(network, stop)).SynapticEvents;

        Assert.Equal(Events(RunLength.Seconds(10 / rate)), Events(RunLength.SpikesPerNeuron(10)), 1.0);
        Assert.Equal(Events(RunLength.SpikesPerNeuron(10)), Events(RunLength.Spikes(125_000)), 1.0);
    }

    [Fact]
    public void EstimatesAreFiniteWhateverTheNetwork()
    {
        string[] neurons =
        [
            "model: lif, tau: 10 ms, threshold: 1, reset: 0", "model: lif, tau: 1 s, threshold: 1, reset: -1e9, refractory: 1 s", "model: qif, tau: 10 ms",
            "model: qif, tau: 1 us, threshold: 10, reset: -10", "model: eif, tau: 10 ms, delta_v: 1e-3, onset: 1, reset: 0",
        ];
        string[] inputs = ["0 Hz, weight: 1", "1 Hz, weight: 1e-9", "1 Hz, weight: 1e9", "1e9 Hz, weight: 1", "1e9 Hz, weight: -1e3"];
        foreach (var neuron in neurons)
        {
            foreach (var input in inputs)
            {
                foreach (var weight in (double[])[0, 1e-6, -1e-6, 0.5, -0.5, 1e6, -1e6])
                {
                    foreach (var drive in (double[])[-1e3, 0, 0.99, 1e3])
                    {
                        var network = NetworkOf(
                            $"populations: {{ P: {{ n: 1000, drive: {Text(drive)}, {neuron} }} }}\n"
                            + $"projections: [ {{ from: P, to: P, in_degree: 500, weight: {Text(weight)}, delay: 1 ms }} ]\n"
                            + $"inputs: [ {{ to: P, poisson: {input} }} ]\n");
                        var point = SimulationParameters.Of(network, RunLength.SpikesPerNeuron(1e6)) with { BurnIn = RunLength.Seconds(1e3) };
                        var estimate = PointEstimate.Of(point);

                        Assert.InRange(PointEstimate.RateOf(point), 0, PopulationGain.MostHertz);
                        Assert.InRange(estimate.SynapticEvents, 1000, 1e300);
                        Assert.InRange(estimate.MemoryBytes, 1000, 1L << 40);
                        Assert.InRange(new CostModel().SecondsOf(point), 1e-9, 1e100);
                    }
                }
            }
        }
    }

    [Fact]
    public void ANetworkIsLookedAtOnce()
    {
        var network = NetworkOf(Brunel);

        Assert.Same(NetworkExpectation.Of(network), NetworkExpectation.Of(network));
    }

    // Measured at full scale on one core: seconds without the start of the program.
    [Theory]
    [InlineData(Brunel, 5, 2, 0.1, 1.32)]
    [InlineData(Brunel, 8, 1, 0.7, 2.07)]
    public void SecondsAreRightToAFactorOfTwo(string text, double g, double eta, double length, double seconds) => Assert.InRange(
        new CostModel().SecondsOf(SimulationParameters.Of(NetworkOf(text, ("g", g), ("eta", eta)), RunLength.Seconds(length))), seconds / 2, seconds * 2);

    [Fact]
    public void TheLoopForAnyNetworkIsSlower()
    {
        double Seconds(string text) => new CostModel().SecondsOf(SimulationParameters.Of(NetworkOf(text), RunLength.Seconds(0.03)));

        Assert.InRange(Seconds(Brunel.Replace("refractory: 2 ms", "refractory: 2 ms, drive: { uniform: [0 mV, 0.1 mV] }", StringComparison.Ordinal)), 3, 12);
        Assert.InRange(Seconds(Brunel.Replace("delay: 1.5 ms", "delay: { uniform: [1 ms, 2 ms] }", StringComparison.Ordinal)), 10, 42);
    }

    /// <summary>Measured points correct those of the same loop, most those of the same size, and the published network little.</summary>
    [Fact]
    public void WhatIsMeasuredOfALoopCorrectsIt()
    {
        var model = new CostModel();
        var published = new SimulationParameters { N = 1000, K = 50, Stop = RunLength.Seconds(1) };
        model.Learn(published, 3 * model.SecondsOf(published));
        var (fast, general) = (Of(Brunel), Of(Driven));
        var (before, others) = (model.SecondsOf(fast), model.SecondsOf(published));

        model.Learn(fast, before / 2);
        model.Learn(general, 5 * model.SecondsOf(general));

        Assert.Equal(before / 2, model.SecondsOf(fast), before * 1e-9);
        Assert.Equal(others, model.SecondsOf(published), others * 1e-9);

        static SimulationParameters Of(string text) => SimulationParameters.Of(NetworkOf(text), RunLength.Seconds(1));
    }

    [Fact]
    public void BucketsAreNumberedInTheirOrder() =>
        Assert.Equal(Enumerable.Range(0, CostBucket.All.Count), CostBucket.All.Select(bucket => bucket.Number));

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static NetworkDescription NetworkOf(string text, params IEnumerable<(string Name, double Value)> values)
    {
        var evaluation = NetworkTemplate.Parse(text, "n.yaml", NetworkFiles.None)
            .Evaluate(NetworkValues.Of(values.Select(value => new NetworkValue(value.Name, ParameterValue.Of(value.Value)))));
        Assert.Empty(evaluation.Errors);
        return evaluation.Description!;
    }
}

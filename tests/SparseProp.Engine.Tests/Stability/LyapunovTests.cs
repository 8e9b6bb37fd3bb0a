using SparseProp.Engine.Stability;

namespace SparseProp.Engine.Tests.Stability;

/// <summary>
/// Exponents against those of independent code: k = 100, j0 = 1, rate 1 Hz, τ = 10 ms unless said otherwise, in 1/s, mean over three
/// seeds.
/// </summary>
public sealed class LyapunovTests
{
    [Theory]
    [InlineData(NeuronModel.Qif, 1000, 100, 1, 23.358)]
    [InlineData(NeuronModel.Eif, 2000, 100, 1, 130.775)]
    [InlineData(NeuronModel.Lif, 1000, 100, 1, -47.012)]
    public void TheLargestExponentIsThatOfIndependentCode(NeuronModel model, int n, int k, double j0, double expected) =>
        AssertLargest(model, n, k, j0, expected, tolerance: 0.05, seconds: 10);

    [Theory(Explicit = true)]
    [InlineData(NeuronModel.Qif, 10_000, 20, 1, 18.4008)]
    [InlineData(NeuronModel.Qif, 10_000, 50, 1, 23.4569)]
    [InlineData(NeuronModel.Qif, 10_000, 100, 1, 24.6862)]
    [InlineData(NeuronModel.Qif, 10_000, 200, 1, 30.1459)]
    [InlineData(NeuronModel.Qif, 10_000, 100, 0.5, 14.5857)]
    [InlineData(NeuronModel.Qif, 10_000, 100, 2, 40.8413)]
    [InlineData(NeuronModel.Eif, 10_000, 100, 1, 155.829)]
    [InlineData(NeuronModel.Lif, 10_000, 100, 1, -44.854)]
    [InlineData(NeuronModel.Lif, 200, 100, 1, -57.019)]
    [InlineData(NeuronModel.Qif, 200, 100, 1, 22.484)]
    [InlineData(NeuronModel.Qif, 5000, 100, 1, 24.3345)]
    public void TheLargestExponentIsThatOfIndependentCodeForEveryNetwork(NeuronModel model, int n, int k, double j0, double expected) =>
        AssertLargest(model, n, k, j0, expected, tolerance: 0.05, seconds: 40);

    [Theory]
    [InlineData(NeuronModel.Qif, 23, 0.865, 0.248)]
    [InlineData(NeuronModel.Eif, 8, 0.30, 0.094)]
    [InlineData(NeuronModel.Lif, 0, 0, 0.005)]
    public void ASpectrumHasEntropyAndDimensionOfIndependentCode(NeuronModel model, int positive, double bits, double share)
    {
        const int n = 200;
        var stability = Of(model, n, 50, 1, seconds: 20, exponents: n);
        var spectrum = stability.Spectrum;

        Assert.Equal(n, spectrum.Count);
        Assert.Contains(0.0, spectrum);
        Assert.Equal(spectrum.OrderDescending(), spectrum);
        Assert.Equal(positive, spectrum.Count(value => value > 0.05), 2.0);
        Assert.Equal(bits, stability.EntropyBitsPerSpike!.Value, 0.05 + (0.06 * bits));
        Assert.Equal(share * n, stability.KaplanYorkeDimension!.Value, 0.01 + (0.06 * share * n));

        // Both are logarithms of the same volume.
        Assert.Equal(stability.Mean, spectrum.Average(), 1e-9 * Math.Abs(stability.Mean));
    }

    [Fact]
    public void FewerExponentsAreTheFirstOfMore()
    {
        var (few, many) = (Of(NeuronModel.Qif, 200, 50, 1, 20, exponents: 5), Of(NeuronModel.Qif, 200, 50, 1, 20, exponents: 50));

        Assert.All(few.Spectrum.Zip(many.Spectrum), pair => Assert.Equal(pair.First, pair.Second, 0.4));
        Assert.Null(few.EntropyBitsPerSpike);
        Assert.NotNull(many.EntropyBitsPerSpike);
        Assert.Null(few.KaplanYorkeDimension);
    }

    [Fact]
    public void TheOrderOfTheNetworksTimeScalesIsOnlyAUnit()
    {
        var p = Parameters(NeuronModel.Qif, 300, 50, 1, 4, 1) with { Tau = 0.01, Rate = 1, BurnIn = RunLength.SpikesPerNeuron(3) };
        var slow = p with { Tau = 0.02, Rate = 0.5, Stop = RunLength.Seconds(8) };

        Assert.Equal(Result(p).Largest, 2 * Result(slow).Largest, 1e-6);
    }

    [Fact]
    public void MeasuringLeavesTheSpikesAlone()
    {
        var p = Parameters(NeuronModel.Eif, 300, 50, 1, 1, 0);

        Assert.Equal(SpikeList.Of(p).Result.Digest, SpikeList.Of(p with { LyapunovExponents = 3 }).Result.Digest);
    }

    [Fact]
    public void BothLoopsGiveTheSameExponent()
    {
        // Leaky networks are stable: what the loops round differently does not grow.
        var p = Parameters(NeuronModel.Lif, 500, 50, 1, 4, 1);

        Assert.Equal(Result(p).Largest, Result(p with { Loop = EventLoop.Heap }).Largest, 1e-6);
    }

    [Fact]
    public void TooShortAMeasurementTellsNothing()
    {
        var stability = Of(NeuronModel.Qif, 500, 50, 1, seconds: 0.1, exponents: 1);

        Assert.True(double.IsNaN(stability.Largest));
        Assert.Null(stability.StandardError);
    }

    private static void AssertLargest(NeuronModel model, int n, int k, double j0, double expected, double tolerance, double seconds)
    {
        var stability = Of(model, n, k, j0, seconds, exponents: 1);

        Assert.Equal(expected, stability.Largest, tolerance * Math.Abs(expected));
        Assert.InRange(stability.StandardError!.Value, 0, 0.05 * Math.Abs(expected));
    }

    private static NetworkStability Of(NeuronModel model, int n, int k, double j0, double seconds, int exponents) =>
        Result(Parameters(model, n, k, j0, seconds, exponents));

    private static NetworkStability Result(SimulationParameters p) => SpikeList.Of(p).Result.Stability!;

    private static SimulationParameters Parameters(NeuronModel model, int n, int k, double j0, double seconds, int exponents) => new()
    {
        Model = model,
        N = n,
        K = k,
        J0 = j0,
        SeedIc = 4,
        SeedNet = 4,
        BurnIn = RunLength.Seconds(2),
        Stop = RunLength.Seconds(seconds),
        LyapunovExponents = exponents,
    };
}

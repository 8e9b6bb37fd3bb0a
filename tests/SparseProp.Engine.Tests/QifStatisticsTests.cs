namespace SparseProp.Engine.Tests;

/// <summary>Statistics of independent code: eight seeds of n = 10^4, burn-in 2 s, measurement 10 s.</summary>
public sealed class QifStatisticsTests
{
    [Theory]
    [InlineData(NeuronModel.Qif)]
    [InlineData(NeuronModel.QifTime)]
    public void RateAndIrregularityAreThoseOfIndependentCode(NeuronModel model) =>
        AssertBands(model, k: 100, j0: 1, rateHz: 1.3062, rateDeviation: 0.0013, cv: 0.6358, cvDeviation: 0.0028);

    [Theory]
    [InlineData(0.4, 1.6207, 0.0027)]
    [InlineData(0, 1.3094, 0.0012)]
    public void TheRateWithInhomogeneousDriveIsThatOfIndependentCode(double eta, double rateHz, double rateDeviation)
    {
        var (_, result) = SpikeList.Of(new()
        {
            Model = NeuronModel.QifInhomogeneous,
            N = 10_000,
            K = 100,
            Eta = eta,
            Topology = Topology.Published,
            BurnIn = RunLength.Seconds(2),
            Stop = RunLength.Seconds(10),
        });

        // Three reference runs: 9 deviations are as sure as 5.7 of eight.
        Assert.Equal(rateHz, result.RateHz, 9 * rateDeviation);
    }

    [Theory(Explicit = true)]
    [InlineData(20, 1, 1.6175, 0.0010, 0.5790, 0.0023)]
    [InlineData(50, 1, 1.4158, 0.0009, 0.6163, 0.0028)]
    [InlineData(100, 0.5, 1.1683, 0.0015, 0.5000, 0.0033)]
    [InlineData(100, 2, 1.4940, 0.0016, 0.7386, 0.0018)]
    public void RateAndIrregularityAreThoseOfIndependentCodeAtOtherCouplings(
        int k, double j0, double rateHz, double rateDeviation, double cv, double cvDeviation) =>
        AssertBands(NeuronModel.Qif, k, j0, rateHz, rateDeviation, cv, cvDeviation);

    // 5.7 standard deviations over seeds: one false alarm in a thousand against eight reference runs.
    private static void AssertBands(
        NeuronModel model, int k, double j0, double rateHz, double rateDeviation, double cv, double cvDeviation)
    {
        var (_, result) = SpikeList.Of(new()
        {
            Model = model,
            N = 10_000,
            K = k,
            J0 = j0,
            BurnIn = RunLength.Seconds(2),
            Stop = RunLength.Seconds(10),
        });

        Assert.Equal(rateHz, result.RateHz, Math.Max(5.7 * rateDeviation, 0.003 * rateHz));
        Assert.Equal(cv, result.CvIsi!.Value, 5.7 * cvDeviation);
    }
}

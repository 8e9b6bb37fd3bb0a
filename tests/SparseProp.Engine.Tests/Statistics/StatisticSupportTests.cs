using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Tests.Statistics;

public sealed class StatisticSupportTests
{
    private static readonly SimulationParameters Network = new() { N = 100, K = 10, Stop = RunLength.SpikesPerNeuron(100) };

    // Spikes of 100 neurons, neurons with ten intervals, length of the measurement in seconds.
    [Theory]
    [InlineData("rate_hz", 0, 0, 1, false)]
    [InlineData("rate_hz", 99, 0, 1, false)]
    [InlineData("rate_hz", 100, 0, 1, true)]
    [InlineData("cv_isi", 2000, 70, 6, false)]
    [InlineData("cv_isi", 10_000, 49, 30, false)]
    [InlineData("cv_isi", 10_000, 50, 30, true)]
    [InlineData("cv2", 9999, 100, 30, false)]
    [InlineData("cv_isi_sd", 10_000, 100, 30, false)]
    [InlineData("cv_isi_sd", 100_000, 100, 300, true)]
    [InlineData("rate_sd_hz", 2000, 100, 6, false)]
    [InlineData("rate_in_degree_correlation", 10_000, 100, 30, true)]
    [InlineData("population_fano_100ms", 1000, 0, 0.9, false)]
    [InlineData("population_fano_100ms", 1000, 0, 1, true)]
    [InlineData("population_fano_1s", 1000, 0, 9.9, false)]
    [InlineData("mean_correlation_1s", 1000, 0, 10, true)]
    [InlineData("chi", 1000, 0, 0.99, false)]
    [InlineData("chi", 1000, 0, 1, true)]
    [InlineData("lyapunov_per_s", 1, 0, 0.01, true)]
    public void AStatisticStandsOnEnoughSpikesNeuronsOrWindows(string name, long spikes, int neurons, double seconds, bool isEnough) =>
        Assert.Equal(isEnough, Statistic.Find(name)!.Support.IsEnough(Network, Result(spikes, neurons, seconds)));

    [Theory]
    [InlineData("mean_correlation_1s")]
    [InlineData("rate_in_degree_correlation")]
    public void ACorrelationTakesMoreThanAHandfulOfNeurons(string name) =>
        Assert.False(Statistic.Find(name)!.Support.IsEnough(Network with { N = 3, K = 2 }, Result(100_000, 3, 1000)));

    /// <summary>A mean CV over few intervals is too small, and within 3 % where it stands on enough.</summary>
    [Theory]
    [InlineData(NeuronModel.Lif)]
    [InlineData(NeuronModel.Qif)]
    [InlineData(NeuronModel.Eif)]
    public void ACvOnEnoughIntervalsIsThatOfALongRun(NeuronModel model)
    {
        var longRun = CvOf(2000);

        Assert.InRange(CvOf(StatisticSupport.SpikesPerNeuron) / longRun, 0.97, 1);
        Assert.InRange(CvOf(20) / longRun, 0.85, 0.93);

        double CvOf(double spikesPerNeuron) => SpikeList.Of(new()
        {
            Model = model,
            N = 1000,
            K = 50,
            BurnIn = RunLength.SpikesPerNeuron(5),
            Stop = RunLength.SpikesPerNeuron(spikesPerNeuron),
        }).Result.CvIsi!.Value;
    }

    private static SimulationResult Result(long spikes, int neurons, double seconds) => new()
    {
        Spikes = spikes,
        SimulatedSeconds = seconds,
        RateHz = spikes / seconds / 100,
        CvIsi = 1,
        CvNeurons = neurons,
        SynapticEvents = 10 * spikes,
        BytesPerNeuron = 88,
        Digest = 1,
    };
}

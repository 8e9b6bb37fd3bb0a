using CsCheck;

namespace SparseProp.Engine.Tests.Populations;

public sealed class PopulationStatisticsTests
{
    private const double Seconds = 0.5;

    [Fact]
    public void AreThoseOfTheSpikesOfItsNeurons() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var p = RandomNetwork.Of(seed, new NetworkFeatures { HasSources = true, HasDrive = true }, Seconds) with { Record = StatisticKinds.Cv };
            var (spikes, result) = SpikeList.Of(p);
            var first = 0;
            Assert.Equal(p.Network!.Populations.Select(population => population.Name), result.Populations.Select(found => found.Name));
            foreach (var (population, found) in p.Network.Populations.Zip(result.Populations))
            {
                var own = Enumerable.Range(first, population.Size).Select(neuron => TimesOf(spikes, neuron)).ToList();
                var cvs = own.Where(times => times.Count > SimulationResult.MinimumIntervals).Select(CvOf).ToList();
                Assert.Equal(population.Size, found.Neurons);
                Assert.Equal(own.Sum(times => times.Count), found.Spikes);
                Assert.Equal(found.Spikes / (population.Size * Seconds), found.RateHz, 1e-9);
                Assert.Equal(cvs.Count, found.CvNeurons);
                Assert.Equal(cvs.Count > 0 ? cvs.Average() : null, found.CvIsi, (a, b) => a is null ? b is null : b is { } y && Math.Abs(a.Value - y) < 1e-6);
                first += population.Size;
            }

            Assert.Equal(result.Spikes, result.Populations.Sum(found => found.Spikes));
        },
        iter: 30, threads: 1);

    private static List<double> TimesOf(SpikeList spikes, int neuron) =>
        [.. spikes.Neurons.Zip(spikes.Seconds).Where(spike => spike.First == neuron).Select(spike => spike.Second)];

    private static double CvOf(List<double> times)
    {
        var intervals = times.Zip(times.Skip(1), (a, b) => b - a).ToList();
        var mean = intervals.Average();
        return Math.Sqrt(intervals.Sum(interval => (interval - mean) * (interval - mean)) / (intervals.Count - 1)) / mean;
    }
}

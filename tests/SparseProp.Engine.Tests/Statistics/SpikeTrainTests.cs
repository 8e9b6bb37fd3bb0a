using CsCheck;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Tests.Statistics;

public sealed class SpikeTrainTests
{
    private const StatisticKinds All = StatisticKinds.Rates | StatisticKinds.Irregularity | StatisticKinds.Population;

    // Times on a lattice of an odd number of nanoseconds: at no bin's edge, where rounding would decide.
    private static readonly Gen<(double Began, double Seconds, Spike[] Spikes)> Trains =
        from began in Gen.Int[0, 3].Select(i => i * 0.25)
        from milliseconds in Gen.Int[200, 6000]
        from spikes in Gen.Select(Gen.Int[0, 3], Gen.Int[0, milliseconds * 1000])
            .Select((neuron, place) => new Spike(neuron, began + (place * 0.999e-6) + 0.3e-6)).Array[0, 400]
        select (began, milliseconds * 1e-3, spikes.OrderBy(s => s.Seconds).ToArray());

    [Fact]
    public void AnyTrainHasTheStatisticsOfTheirDefinitions() => Trains.Sample(
        (began, seconds, train) =>
        {
            using var statistics = Of(4, All, began, train);
            var naive = new NaiveStatistics(4, train, began, seconds);
            var irregularity = statistics.Irregularity(seconds)!;
            var population = statistics.Population(seconds)!;

            AssertNear(naive.Cv, statistics.MeanCv().Mean);
            AssertNear(naive.Cv2, irregularity.Cv2);
            AssertNear(naive.Lv, irregularity.Lv);
            AssertNear(naive.Fano, irregularity.Fano);
            AssertNear(naive.SilentFraction1s, irregularity.SilentFraction1s);
            AssertNear(naive.PopulationFano(0.001), population.Fano1ms);
            AssertNear(naive.PopulationFano(0.01), population.Fano10ms);
            AssertNear(naive.PopulationFano(0.1), population.Fano100ms);
            AssertNear(naive.PopulationFano(1), population.Fano1s);
            AssertNear(naive.MeanCorrelation, population.MeanCorrelation1s);
            AssertNear(naive.CountChi, population.CountChi1s);
            Assert.Equal(train.Count(s => s.Seconds - began < population.ActivityBinSeconds * population.Activity.Count), population.Activity.Sum());
            if (population.Autocorrelation.Count >= 16 && train.Length > 0)
            {
                for (var lag = 0; lag < 16; lag++)
                {
                    AssertNear(naive.Autocorrelation(lag), population.Autocorrelation[lag]);
                }
            }
        },
        iter: 300);

    [Fact]
    public void IntervalsThatAlternateAreKnownByHand()
    {
        using var statistics = Of(1, All, 0, [.. Enumerable.Range(0, 21).Select(i => new Spike(0, (1.5 * i) + (i % 2 * 0.5)))]);
        var irregularity = statistics.Irregularity(32)!;

        // Intervals 2, 1, 2, 1, ...: each pair differs by 1 and sums to 3.
        Assert.Equal(2.0 / 3, irregularity.Cv2!.Value, 1e-14);
        Assert.Equal(1.0 / 3, irregularity.Lv!.Value, 1e-14);
        Assert.Equal(Math.Sqrt(20 * 0.25 / 19) / 1.5, statistics.MeanCv().Mean!.Value, 1e-14);
    }

    [Fact]
    public void IndependentPoissonProcessesHaveTheirKnownStatistics()
    {
        const int neurons = 200;
        const double rate = 10;
        const double seconds = 100;
        var random = new System.Random(5);
        var time = 0.0;
        var train = new List<Spike>();
        while ((time -= Math.Log(1 - random.NextDouble()) / (neurons * rate)) < seconds)
        {
            train.Add(new Spike(random.Next(neurons), time));
        }

        using var statistics = Of(neurons, All, 0, [.. train]);
        var (irregularity, population) = (statistics.Irregularity(seconds)!, statistics.Population(seconds)!);

        // Tolerances of about four standard errors; a finite run takes the longest intervals away.
        Assert.Equal(1, statistics.MeanCv().Mean!.Value, 0.01);
        Assert.Equal(1, irregularity.Cv2!.Value, 0.006);
        Assert.Equal(1, irregularity.Lv!.Value, 0.008);
        Assert.Equal(1, irregularity.Fano!.Value, 0.04);
        Assert.Equal(1, population.Fano1ms!.Value, 0.02);
        Assert.Equal(1, population.Fano10ms!.Value, 0.06);
        Assert.Equal(1, population.Fano100ms!.Value, 0.18);
        Assert.Equal(0, population.MeanCorrelation1s!.Value, 0.003);
        Assert.Equal(1 / Math.Sqrt(neurons), population.CountChi1s!.Value, 0.025);
        Assert.All(population.Autocorrelation.Skip(1).Take(15), value => Assert.Equal(0, value, 0.015));
        Assert.True(statistics.Stationarity(seconds)!.IsStationary);
    }

    [Fact]
    public void ARateThatFallsIsNoticed()
    {
        var random = new System.Random(6);
        var time = 0.0;
        var train = new List<Spike>();
        while ((time -= Math.Log(1 - random.NextDouble()) / (time < 5 ? 1100 : 1000)) < 10)
        {
            train.Add(new Spike(0, time));
        }

        using var statistics = Of(1, StatisticKinds.Rate, 0, [.. train]);
        var halves = statistics.Stationarity(10)!;

        Assert.False(halves.IsStationary);
        Assert.Equal(1100, halves.FirstHalfHz, 60.0);
        Assert.Equal(1000, halves.SecondHalfHz, 60.0);
    }

    [Fact]
    public void TooFewSpikesSayNothingOfTheBurnIn()
    {
        using var silent = Of(1, StatisticKinds.Rate, 0, []);
        using var brief = Of(1, StatisticKinds.Rate, 0, [new Spike(0, 0.001)]);

        Assert.Null(silent.Stationarity(1)!.IsStationary);
        Assert.Null(brief.Stationarity(0.01));
    }

    private static SpikeStatistics Of(int neurons, StatisticKinds kinds, double began, Spike[] train)
    {
        var statistics = new SpikeStatistics(neurons, kinds);
        statistics.Begin(began);
        foreach (var piece in train.Chunk(37))
        {
            statistics.Add(piece);
        }

        return statistics;
    }

    private static void AssertNear(double? expected, double? found)
    {
        Assert.Equal(expected is null, found is null);
        if (expected is { } value)
        {
            Assert.Equal(value, found!.Value, 1e-9 * (1 + Math.Abs(value)));
        }
    }
}

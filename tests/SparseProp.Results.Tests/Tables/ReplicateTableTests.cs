using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Tests.Tables;

public sealed class ReplicateTableTests
{
    private static readonly IReadOnlyList<GroupColumn> BySize = GroupColumn.Named(["n"], RecordColumns.Published);

    [Fact]
    public void RatesOfAGroupAreAMeanWithTheStandardErrorOfTheSample()
    {
        var table = ReplicateTable.Of([Ok(n: 100, rate: 1), Ok(n: 100, rate: 2), Ok(n: 100, rate: 6)], BySize);

        var row = Assert.Single(table.Rows);
        Assert.Equal(["100"], row.Group);
        Assert.Equal(3, row.Values[0].Mean, 1e-12);
        Assert.Equal(Math.Sqrt(7.0 / 3), row.Values[0].StandardError, 1e-12);
        Assert.Equal(3, row.Values[0].Count);
    }

    // Student's t for two values is 12.706, for three 4.303, for five 2.776.
    [Theory]
    [InlineData("3 ± 25", 1.0, 5.0)]
    [InlineData("3.0 ± 6.6", 1.0, 2.0, 6.0)]
    [InlineData("3.410 ± 0.020", 3.40, 3.42, 3.41, 3.39, 3.43)]
    [InlineData("3.41", 3.41)]
    [InlineData("3.41 (all 5 equal)", 3.41, 3.41, 3.41, 3.41, 3.41)]
    [InlineData("0 (all 2 equal)", 0.0, 0.0)]
    [InlineData("0.3 (all 2 equal)", 0.3, 0.30000000000000004)]
    public void AMeanIsPrintedWithThe95PercentIntervalOfItsOwnSeeds(string text, params double[] rates)
    {
        var table = ReplicateTable.Of(rates.Select(rate => Ok(n: 100, rate)), BySize, ReplicateTable.Named(["rate"]));

        Assert.Equal([text], table.TextsOf(Assert.Single(table.Rows)));
        Assert.Empty(table.Notes());
    }

    [Fact]
    public void TheIntervalHoldsTheTrueMeanIn95Of100Groups()
    {
        var random = new Random(1);
        foreach (var count in new[] { 2, 3, 5, 10 })
        {
            var hits = 0;
            const int groups = 20_000;
            for (var group = 0; group < groups; group++)
            {
                var builder = new EstimateBuilder();
                for (var i = 0; i < count; i++)
                {
                    builder.Add(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
                }

                var estimate = builder.Build();
                hits += Math.Abs(estimate.Mean) <= estimate.HalfWidth ? 1 : 0;
            }

            // Four standard errors of a share of 0.95.
            Assert.InRange(hits / (double)groups, 0.944, 0.956);
        }
    }

    [Fact]
    public void WhatStandsOnTooFewNeuronsIsMarkedAndExplained()
    {
        var few = Ok(n: 1000, rate: 1);
        few = few with { Result = few.Result! with { CvNeurons = 2 } };

        var table = ReplicateTable.Of([few, few], BySize, ReplicateTable.Named(["rate", "cv"]));

        Assert.Equal(["1 (all 2 equal)", "0.8 (all 2 equal)†"], table.TextsOf(table.Rows[0]));
        Assert.StartsWith("† cv_isi stands on too little in 2 of 2 points", Assert.Single(table.Notes()), StringComparison.Ordinal);
    }

    [Fact]
    public void ATransientIsMarkedInEveryStatisticButNotInCosts()
    {
        var early = Ok(n: 1000, rate: 10);
        early = early with { Parameters = early.Parameters with { BurnIn = RunLength.SpikesPerNeuron(0.01) } };

        var table = ReplicateTable.Of([early, Ok(n: 1000, rate: 10)], BySize, ReplicateTable.Named(["rate", "wall_s"]));

        Assert.Equal(["10 (all 2 equal)‡", "1 (all 2 equal)"], table.TextsOf(table.Rows[0]));
        Assert.StartsWith("‡ the burn-in of 1 of 2 points was shorter than the transient", Assert.Single(table.Notes()), StringComparison.Ordinal);
    }

    [Fact]
    public void AStatisticThatSomeSeedsLackSaysOfHowManyItIsTheMean()
    {
        var silent = Ok(n: 100, rate: 1);
        silent = silent with { Result = silent.Result! with { CvIsi = null } };

        var row = ReplicateTable.Of([silent, Ok(n: 100, rate: 1)], BySize) is var table ? table.TextsOf(table.Rows[0]) : [];

        Assert.Equal("0.8 (1 of 2)", row[1]);
    }

    [Fact]
    public void RoundingIsNoResult()
    {
        var regular = Ok(n: 100, rate: 1);
        regular = regular with { Result = regular.Result! with { CvIsi = 7e-15 } };

        var table = ReplicateTable.Of([regular, regular], BySize, ReplicateTable.Named(["cv"]));

        Assert.Equal(["0 (all 2 equal)"], table.TextsOf(table.Rows[0]));
    }

    [Fact]
    public void GroupsStandInTheOrderOfTheirNumbersNotOfTheirTexts()
    {
        var table = ReplicateTable.Of([Ok(n: 1000, rate: 1), Ok(n: 200, rate: 1), Ok(n: 30, rate: 1)], BySize);

        Assert.Equal(["30", "200", "1000"], table.Rows.Select(row => row.Group[0]));
    }

    [Fact]
    public void FailedPointsAreCountedAndOtherwiseLeftOut()
    {
        var failure = new PointFailure { Kind = "Broken", Message = "it broke", Attempts = 3 };
        var failed = PointRecord.Failed(0, Ok(n: 100, rate: 1).Parameters, failure, Sample.Noon);

        var row = Assert.Single(ReplicateTable.Of([Ok(n: 100, rate: 1), failed], BySize).Rows);

        Assert.Equal((1, 1), (row.Failed, row.Values[0].Count));
    }

    [Fact]
    public void APointWithoutIntervalsHasNoSayInTheirVariation()
    {
        var silent = Ok(n: 100, rate: 1);
        silent = silent with { Result = silent.Result! with { CvIsi = null } };

        var row = Assert.Single(ReplicateTable.Of([Ok(n: 100, rate: 1), silent], BySize).Rows);

        Assert.Equal((1, 2), (row.Values[1].Count, row.Values[0].Count));
    }

    [Fact]
    public void DivergentRecordsAreNoReplicates()
    {
        var divergent = Ok(n: 100, rate: 9) with { Status = PointStatus.Divergent };

        Assert.Equal(1, Assert.Single(ReplicateTable.Of([Ok(n: 100, rate: 1), divergent], BySize).Rows).Values[0].Mean);
    }

    [Fact]
    public void PointsAreGroupedByEveryParameterThatIsNoSeed()
    {
        var point = Ok(n: 100, rate: 1);
        var strong = point with { Parameters = point.Parameters with { G = 4, ExcitatoryFraction = 0.2, ChebyshevOrder = 20 } };

        var table = ReplicateTable.Of([strong, point, strong], GroupColumn.Named(["g", "excitatory_fraction", "chebyshev_order"], RecordColumns.Published));

        Assert.Equal([["1", "0", "0"], ["4", "0.2", "20"]], table.Rows.Select(row => row.Group));
        Assert.Equal([1, 2], table.Rows.Select(row => row.Values[0].Count));
    }

    [Fact]
    public void ANameThatIsNoParameterIsRefusedWithThoseThatAre()
    {
        var error = Assert.Throws<ArgumentException>(() => GroupColumn.Named(["seed_ic"], RecordColumns.Published));

        Assert.Contains("delta_v", error.Message, StringComparison.Ordinal);
    }

    private static PointRecord Ok(int n, double rate) => PointRecord.Ok(
        0,
        new SimulationParameters { N = n, K = 10, Stop = RunLength.Spikes(100), BurnIn = RunLength.SpikesPerNeuron(5) },
        new SimulationResult
        {
            Spikes = 100 * n,
            SimulatedSeconds = 1,
            RateHz = rate,
            CvIsi = 0.8,
            CvNeurons = n,
            SynapticEvents = 1000,
            BytesPerNeuron = 88,
            Digest = 1,
        },
        new PointCost { WallSeconds = 1, CpuSeconds = 1, SetupSeconds = 0, Host = "here", BusySlots = 1, Contended = false },
        Sample.Noon);
}

using SparseProp.Engine;
using SparseProp.Results.Tables;

namespace SparseProp.Results.Tests.Tables;

public sealed class ReplicateTableTests
{
    private static readonly IReadOnlyList<GroupColumn> BySize = GroupColumn.Named(["n"]);

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

        var table = ReplicateTable.Of([strong, point, strong], GroupColumn.Named(["g", "excitatory_fraction", "chebyshev_order"]));

        Assert.Equal([["1", "0", "0"], ["4", "0.2", "20"]], table.Rows.Select(row => row.Group));
        Assert.Equal([1, 2], table.Rows.Select(row => row.Values[0].Count));
    }

    [Fact]
    public void ANameThatIsNoParameterIsRefusedWithThoseThatAre()
    {
        var error = Assert.Throws<ArgumentException>(() => GroupColumn.Named(["seed_ic"]));

        Assert.Contains("delta_v", error.Message, StringComparison.Ordinal);
    }

    private static PointRecord Ok(int n, double rate) => PointRecord.Ok(
        0,
        new SimulationParameters { N = n, K = 10, Stop = RunLength.Spikes(100) },
        new SimulationResult
        {
            Spikes = 100,
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

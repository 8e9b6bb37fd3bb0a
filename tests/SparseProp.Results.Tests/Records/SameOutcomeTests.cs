using SparseProp.Results.Records;

namespace SparseProp.Results.Tests.Records;

public sealed class SameOutcomeTests
{
    [Fact]
    public void MachineTimeAndPlanDoNotMatter()
    {
        var a = Sample.Ok(1);
        var b = a with
        {
            Index = 99,
            Cost = a.Cost! with { Host = "elsewhere", WallSeconds = 9 },
            FinishedUtc = Sample.Noon.AddYears(1),
            Result = a.Result! with { BytesPerNeuron = 16 },
        };

        Assert.True(PointRecord.SameOutcome(a, b));
    }

    [Fact]
    public void UndefinedStatisticsAreTheSameOutcome()
    {
        var a = Sample.Ok(1);
        var undefined = a with { Result = a.Result! with { RateHz = double.NaN } };

        Assert.True(PointRecord.SameOutcome(undefined, undefined with { Result = undefined.Result! with { } }));
    }

    [Fact]
    public void EveryOtherDifferenceMatters()
    {
        var a = Sample.Ok(1);
        PointRecord[] others =
        [
            a with { Key = Sample.KeyOf(2) },
            a with { Status = PointStatus.Divergent },
            a with { Parameters = a.Parameters with { J0 = 2 } },
            a with { Result = a.Result! with { Digest = 1 } },
            a with { Result = a.Result! with { CvIsi = 0.5 } },
            a with { EngineVersion = 2 },
        ];

        Assert.All(others, other => Assert.False(PointRecord.SameOutcome(a, other)));
        Assert.False(PointRecord.SameOutcome(Sample.Failed(1, attempts: 1), Sample.Failed(1, attempts: 2)));
    }
}

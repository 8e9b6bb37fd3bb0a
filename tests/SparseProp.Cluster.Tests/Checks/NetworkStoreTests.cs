using SparseProp.Cluster.Tests.Sources;
using SparseProp.Engine;
using SparseProp.Execution;
using SparseProp.Execution.Checks;
using SparseProp.Results.Comparisons;
using SparseProp.Results.Manifests;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Checks;

/// <summary>A store of points of a network of one's own, whose records do not have the network.</summary>
public sealed class NetworkStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("network-store-").FullName;

    public NetworkStoreTests() => Write(_folder, record => record);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ItsPointsAreThoseOfThePlanAndRepeat()
    {
        var check = StoreCheck.Of(_folder, sample: 4, seed: 1, TestContext.Current.CancellationToken);

        Assert.True(check.IsSound);
        Assert.Equal((4, 4, 0, 4), (check.Points, check.Recorded, check.Others, check.Simulated));
    }

    [Fact]
    public void AStoreIsEqualToItself()
    {
        var comparison = ResultComparison.Of(_folder, _folder, []);

        Assert.Equal((4L, 4L, 0), (comparison.Matched, comparison.EqualDigests, comparison.Contradictions.Count));
    }

    [Fact]
    public void OtherSpikesAreFound()
    {
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        Write(other, record => record with { Result = record.Result! with { Digest = 5 } });

        Assert.Equal(4, StoreCheck.Of(other, sample: 4, seed: 1, TestContext.Current.CancellationToken).Unequal.Count);
    }

    [Fact]
    public void APointOfAnotherNetworkWithTheSameValuesIsNotOfThePlan()
    {
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        Write(other, record => record with { Key = new PointKey(record.Key.Value + 1) });

        var check = StoreCheck.Of(other, sample: 0, seed: 1, TestContext.Current.CancellationToken);
        Assert.Equal((4, 0, 4), (check.Missing, check.Recorded, check.Others));
    }

    private static void Write(string folder, Func<PointRecord, PointRecord> change)
    {
        var plan = new SweepPlan(NetworkSweep.Spec);
        using var store = ResultStore.Open(folder, StoredSpec.IdentityOf(
            plan, RunProvenance.Capture("", typeof(NetworkStoreTests).Assembly, new Dictionary<string, string>())));
        var cost = new PointCost { WallSeconds = 1, CpuSeconds = 1, SetupSeconds = 0, Host = "here", Contended = false, BusySlots = 1 };
        for (var index = 0L; index < plan.Count; index++)
        {
            using var simulation = new Simulation(plan[index]);
            store.Append(change(PointRecord.Ok(index, plan[index], simulation.Measure(TestContext.Current.CancellationToken), cost, Noon)));
        }
    }
}

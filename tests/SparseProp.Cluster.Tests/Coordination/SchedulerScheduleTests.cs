using CsCheck;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SchedulerScheduleTests
{
    // CsCheck_Iter asks for more.
    private static readonly long Schedules = Math.Max(3000, Check.Iter);

    private static readonly Until Condition = new(SimulatedSweep.Value, 0.08, IsRelative: true, FirstReplicates: 2, MostReplicates: 8);

    // Steps as SimulatedCluster reads them, points of each sweep, workers, and whether sweeps are verified.
    private static readonly Gen<(int[] Steps, int[] Points, int Workers, bool Verify)> Schedule = Gen.Select(
        Gen.Int[0, int.MaxValue].Array[0, 300], Gen.Int[1, 16].Array[1, 3], Gen.Int[1, 4], Gen.Bool);

    [Fact]
    public void EverySweepEndsAndRecordsEachPointOnceWhateverTheSchedule() => Schedule.Sample(
        RequireThatEverySweepEndsAndRecordsEachPointOnce, iter: Schedules);

    // What a worker held arrives after its report that the point has failed, and then the request that was answered long ago once more,
    // while the worker is drained.
    [Fact]
    public void ALeaseThatIsTakenOverTooLateIsNoAnswerToARequest() => RequireThatEverySweepEndsAndRecordsEachPointOnce((
        [385, 223, 128, 1356, 354, 271, 98, 119, 321, 1107, 1938, 225, 487, 891, 2955, 2476], [4, 8, 8], Workers: 1, Verify: false));

    [Fact]
    public void ASweepThatAddsSeedsUntilItsMeanIsKnownEndsWithThoseThatItsValuesAskFor() => Schedule.Sample(
        schedule =>
        {
            var cluster = Run(schedule, Condition);
            cluster.Heal();

            // What it ends with is checked when it says that it ends.
            Assert.All(cluster.Sweeps.Where(sweep => sweep.IsMeantToFinish), sweep => Assert.True(sweep.IsFinished, $"{sweep.Name} did not end"));
        },
        iter: Schedules / 2);

    [Fact]
    public void TheSameEventsHaveTheSameEffects() => Schedule.Sample(
        schedule => Assert.Equal(Run(schedule).Said, Run(schedule).Said), iter: Schedules / 10);

    private static void RequireThatEverySweepEndsAndRecordsEachPointOnce((int[] Steps, int[] Points, int Workers, bool Verify) schedule)
    {
        var cluster = Run(schedule);
        cluster.Heal();

        foreach (var sweep in cluster.Sweeps.Where(sweep => sweep.IsMeantToFinish))
        {
            Assert.True(sweep.IsFinished, $"{sweep.Name} did not end in the time it was given");
            for (var index = 0; index < sweep.Points; index++)
            {
                var record = sweep.Disk[index];
                var isFailed = record.Status == PointStatus.Failed;
                Assert.True(isFailed || !(SimulatedSweep.Fails(index) || sweep.IsTooLarge(index)));
                Assert.True(!isFailed || SimulatedSweep.Fails(index) || sweep.GivenUp.Contains(index));
                Assert.True(isFailed || PointRecord.SameOutcome(Points.Ok(index, digest: (UInt128)index), record));
            }
        }
    }

    private static SimulatedCluster Run((int[] Steps, int[] Points, int Workers, bool Verify) schedule, Until? until = null)
    {
        var cluster = new SimulatedCluster(
            schedule.Points.Select((points, place) => new SimulatedSweep(
                $"s{place}", until is null ? points : points / 4 * until.MostReplicates, schedule.Verify ? 0.5 : 0, until)),
            schedule.Workers);
        foreach (var step in schedule.Steps)
        {
            cluster.Step(step);
        }

        return cluster;
    }
}

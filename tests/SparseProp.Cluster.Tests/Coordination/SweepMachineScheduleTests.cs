using CsCheck;
using SparseProp.Results;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class SweepMachineScheduleTests
{
    private const int Schedules = 5_000;

    // Steps as SimulatedCluster reads them, points, workers.
    private static readonly Gen<(int[] Steps, int Points, int Workers)> Schedule =
        Gen.Select(Gen.Int[0, int.MaxValue].Array[0, 400], Gen.Int[1, 24], Gen.Int[1, 4]);

    [Fact]
    public void EverySweepEndsAndRecordsEachPointOnceWhateverTheSchedule() => Schedule.Sample(
        schedule =>
        {
            HashSet<long> failing = [.. Enumerable.Range(0, schedule.Points).Where(index => index % 7 == 3)];
            var cluster = new SimulatedCluster(schedule.Points, schedule.Workers, failing);
            foreach (var step in schedule.Steps)
            {
                cluster.Step(step);
                Assert.Subset(cluster.Disk.Select(record => record.Index).ToHashSet(), AcknowledgedOf(cluster, failing));
            }

            cluster.Heal();

            Assert.True(cluster.IsFinished, "the sweep did not end in the time it was given");
            Assert.Equal(Enumerable.Range(0, schedule.Points), cluster.Disk.Select(record => (int)record.Index).Order());
            Assert.Equal(
                failing.Order(),
                cluster.Disk.Where(record => record.Status == PointStatus.Failed).Select(record => record.Index).Order());
        },
        iter: Schedules);

    // A failed attempt is acknowledged without being recorded: it will be repeated.
    private static HashSet<long> AcknowledgedOf(SimulatedCluster cluster, HashSet<long> failing) =>
        [.. cluster.Acknowledged.Except(failing)];
}

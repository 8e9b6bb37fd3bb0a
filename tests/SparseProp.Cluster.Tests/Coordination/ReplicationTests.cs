using CsCheck;
using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Execution.Replicates;
using SparseProp.Results.Records;
using SparseProp.Sweeps;

namespace SparseProp.Cluster.Tests.Coordination;

public sealed class ReplicationTests
{
    private static readonly Until Condition = new(Statistic.Find("rate")!, 0.04, IsRelative: true, FirstReplicates: 5, MostReplicates: 16);

    [Fact]
    public void AnyOrderOfRecordsEndsWithTheSamePoints() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 1000], Gen.Double[0.001, 0.2]).Sample((groups, seed, spread) =>
        {
            var inOrder = Run(groups, spread, static (open, _) => 0, seed);
            var random = new System.Random(seed);
            var shuffled = Run(groups, spread, (open, _) => random.Next(open.Count), seed);

            Assert.Equal(inOrder.Order(), shuffled.Order());
            Assert.All(Enumerable.Range(0, groups), group => Assert.InRange(inOrder.Count(index => index / 16 == group), 5, 16));
        });

    [Fact]
    public void ARestartGoesOnWhereItWas() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 12]).Sample((seed, cut) =>
        {
            var whole = Run(1, 0.1, static (open, _) => 0, seed);
            var before = whole.Take(cut).ToList();
            var replication = new Replication(Condition, 16);
            var done = new HashSet<long>();
            foreach (var index in before)
            {
                Record(replication, index, ValueOf(index, 0.1, seed));
                done.Add(index);
            }

            for (var index = 0L; index < 16 && !replication.IsComplete; index++)
            {
                if (replication.IsNeeded(index) && done.Add(index))
                {
                    Record(replication, index, ValueOf(index, 0.1, seed));
                    index = -1;
                }
            }

            Assert.Equal(whole.Order(), done.Order());
            Assert.Equal(replication.Needed, replication.Recorded);
        });

    [Fact]
    public void FailedReplicatesAreNotMultiplied()
    {
        var replication = new Replication(Condition, 16);
        RecordAll(replication, 1, 5, 2, 4);
        replication.OnRecorded(4, failed: true);

        Assert.True(replication.IsComplete);
        Assert.Equal((5, 1), (replication.Needed, replication.NotReached));

        replication.Reopen(4);
        Assert.False(replication.IsComplete);
        Assert.Equal(0, replication.NotReached);
        Record(replication, 4, 3);
        Assert.Equal(10, replication.Needed);
    }

    [Fact]
    public void GroupsWhoseMeanStaysUnknownAreCounted()
    {
        var replication = new Replication(Condition with { MostReplicates = 6 }, 18);
        RecordAll(replication, 1, 1.01, 1, 1.01, 1);
        for (var index = 6; index < 18; index++)
        {
            Record(replication, index, index < 12 ? index : double.NaN);
        }

        Assert.True(replication.IsComplete);
        Assert.Equal((17, 17, 2), (replication.Needed, replication.Recorded, replication.NotReached));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void WhatAnEarlierFileAskedForAndThisOneDoesNotChangesNothing(bool first)
    {
        var replication = new Replication(Condition, 16);
        if (first)
        {
            replication.OnRecorded(12, failed: true);
        }

        RecordAll(replication, 1, 1.01, 1, 1.01, 1);
        if (!first)
        {
            replication.OnRecorded(12, failed: true);
        }

        Assert.True(replication.IsComplete);
        Assert.Equal((5, 5, 0), (replication.Needed, replication.Recorded, replication.NotReached));
        Assert.False(replication.IsNeeded(12));
    }

    private static void RecordAll(Replication replication, params double[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            Record(replication, index, values[index]);
        }
    }

    // Records what is open in the order that choose asks for; returns the points in it.
    private static List<long> Run(int groups, double spread, Func<List<long>, int, int> choose, int seed)
    {
        var replication = new Replication(Condition, 16L * groups);
        var open = Enumerable.Range(0, 16 * groups).Select(i => (long)i).Where(replication.IsNeeded).ToList();
        var done = new List<long>();
        while (open.Count > 0)
        {
            var place = choose(open, done.Count);
            var index = open[place];
            open.RemoveAt(place);
            done.Add(index);
            open.AddRange(Record(replication, index, ValueOf(index, spread, seed)));
        }

        Assert.True(replication.IsComplete);
        Assert.Equal((done.Count, done.Count), (replication.Needed, replication.Recorded));
        return done;
    }

    private static double ValueOf(long index, double spread, int seed) => 1 + (spread * Math.Sin((index * 37.7) + seed));

    private static List<long> Record(Replication replication, long index, double rate)
    {
        var parameters = new SimulationParameters { N = 10, K = 1, Stop = RunLength.Spikes(1) };
        replication.Report(index, new PointRecord
        {
            Key = default,
            Index = index,
            Status = PointStatus.Ok,
            Parameters = parameters,
            FinishedUtc = default,
            EngineVersion = 1,
            Result = new SimulationResult
            {
                Spikes = 1,
                SimulatedSeconds = 1,
                RateHz = rate,
                CvIsi = null,
                CvNeurons = 0,
                SynapticEvents = 1,
                BytesPerNeuron = 1,
                Digest = 1,
            },
        });
        return [.. replication.OnRecorded(index, failed: false)];
    }
}

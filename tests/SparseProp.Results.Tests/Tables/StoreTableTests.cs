using SparseProp.Engine;
using SparseProp.Results.Records;
using SparseProp.Results.Tables;
using SparseProp.Results.Tests.Plots;

namespace SparseProp.Results.Tests.Tables;

public sealed class StoreTableTests
{
    private static readonly PointRecord Leaky = Plotted.Point(rate: 1);

    [Fact]
    public void PointsThatDifferInAnyParameterAreNoReplicates()
    {
        var models = Table(null, Leaky, With(p => p with { Model = NeuronModel.Qif }, rate: 5), With(p => p with { SeedNet = 2 }, rate: 3));
        var drives = Table(null, Leaky, With(p => p with { Rate = 2 }, rate: 5));

        Assert.Equal(["model", "n", "k", "j0"], models.Table.Columns);
        Assert.Equal([("lif", 2.0, 2), ("qif", 5.0, 1)], models.Table.Rows.Select(row => (row.Group[0], row.Values[0].Mean, row.Seeds)));
        Assert.Equal(["n", "k", "j0", "rate"], drives.Table.Columns);
        Assert.Equal(["1", "2"], drives.Table.Rows.Select(row => row.Group[3]));
        Assert.Empty(models.Notes.Concat(drives.Notes));
    }

    [Fact]
    public void WhatIsAveragedAllTheSameIsTold()
    {
        var table = Table("n", Leaky, With(p => p with { K = 50 }, rate: 3));

        Assert.Equal(2, Assert.Single(table.Table.Rows).Values[0].Mean);
        Assert.Equal(["points that differ in k are averaged together; --by tells them apart"], table.Notes);
    }

    [Theory]
    [InlineData("stop_amount")]
    [InlineData("burn_in_unit,burn_in_amount")]
    [InlineData("topology")]
    [InlineData("engine")]
    [InlineData("record")]
    [InlineData("lyapunov")]
    public void PointsOfAnEarlierFileAreNoReplicates(string columns)
    {
        var earlier = With(
            p => columns switch
            {
                "stop_amount" => p with { Stop = RunLength.SpikesPerNeuron(10) },
                "topology" => p with { Topology = Topology.Published },
                "engine" => p with { Loop = EventLoop.Heap },
                "record" => p with { Record = StatisticKinds.Rate },
                "lyapunov" => p with { LyapunovExponents = 1 },
                _ => p with { BurnIn = RunLength.Seconds(1) },
            },
            rate: 3);

        var table = Table(null, Leaky, earlier);

        Assert.Equal(["n", "k", "j0", .. columns.Split(',')], table.Table.Columns);
        Assert.Equal([1, 1], table.Table.Rows.Select(row => row.Seeds));
        Assert.Equal(
            [$"points that differ in {columns.Replace(",", ", ", StringComparison.Ordinal)} are averaged together; --by tells them apart"],
            Table("n", Leaky, earlier).Notes);
        Assert.All(table.Table.Columns, column => Assert.NotNull(RecordColumns.Published.Find(column)));
    }

    [Fact]
    public void TimesOfContendedMachinesAreToldWhereTimesAre()
    {
        PointRecord[] records = [Leaky, Plotted.Point(seed: 2, contended: true)];

        Assert.Equal(["1 of 2 points ran while more threads than cores were at work: its time is no measurement"], Table(null, records).Notes);
        Assert.Empty(StoreTable.Of(null, ReplicateTable.Named(["rate", "cv"]), () => records, RecordColumns.Published).Notes);
    }

    [Fact]
    public void TrainingIsToldByWhatWasLearnt()
    {
        var trained = With(p => p with { Training = new TrainingParameters { Task = TrainingTask.Teacher } }, rate: 1);

        Assert.Equal(ReplicateTable.TrainingValues, Table(null, trained).Table.Values);
        Assert.Equal(ReplicateTable.StandardValues, Table(null, trained, Leaky).Table.Values);
        Assert.Equal(ReplicateTable.StandardValues, Table(null).Table.Values);
    }

    [Fact]
    public void RecordsAreReadOnceWhereNothingIsToBeFoundOut()
    {
        var reads = 0;

        StoreTable.Of(GroupColumn.Named(["n"], RecordColumns.Published), ReplicateTable.StandardValues, () =>
        {
            reads++;
            return [Leaky];
        }, RecordColumns.Published);

        Assert.Equal(1, reads);
    }

    private static PointRecord With(Func<SimulationParameters, SimulationParameters> change, double rate)
    {
        var point = Plotted.Point(rate: rate);
        return point with { Parameters = change(point.Parameters) };
    }

    private static StoreTable Table(string? by, params PointRecord[] records) =>
        StoreTable.Of(by is null ? null : GroupColumn.Named(by.Split(','), RecordColumns.Published), null, () => records, RecordColumns.Published);
}

using SparseProp.Results.Export;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Export;

public sealed class PointQueryTests
{
    [Fact]
    public void PointsAreATableWithTheColumnsOfTheRecords()
    {
        using var store = new TemporaryStore().With(Sample.Failed(1), Sample.Ok(2), Sample.Ok(3), Sample.Divergent(3));

        Assert.Equal(
            RecordColumn.All.Select(column => column.Name), Ask(store, "select column_name from (describe points)").Select(row => row[0]));
        Assert.Equal(
            [["failed", 1L, 1L], ["ok", 2L, 3L]], Ask(store, "select status, count(*), max(index) from points group by all order by all"));
    }

    [Fact]
    public void NumbersThatAreNotFiniteAreUnknown()
    {
        var silent = Sample.Ok(1);
        silent = silent with { Result = silent.Result! with { RateHz = double.NaN } };
        using var store = new TemporaryStore().With(silent, Sample.Ok(2));

        Assert.Equal([[0.9756, 1L]], Ask(store, "select avg(rate_hz), count(rate_hz) from points"));
    }

    [Fact]
    public void PointsCanBeReadManyTimesInAStatement()
    {
        using var store = new TemporaryStore().With(Sample.Ok(1), Sample.Ok(2), Sample.Ok(3));

        Assert.Equal(
            [[3, 3L]],
            Ask(
                store,
                "with recursive chain(i) as (select 1 union all select p.index + 1 from chain join points p on p.index = i where i < 3) "
                + "select max(i), (select count(*) from points) from chain join points p on p.index = i"));
    }

    [Fact]
    public void EachStatementAnswers()
    {
        using var store = new TemporaryStore().With(Sample.Ok(1));

        Assert.Equal([[1L], ["lif"]], Ask(store, "create view v as from points; select count(*) from v; select model from v"));
    }

    [Theory]
    [InlineData("select rat_hz from points", "rate_hz")]
    [InlineData("selct 1", "selct")]
    [InlineData("select error::int from points", "memory")]
    [InlineData("from pionts", "points")]
    [InlineData("", "")]
    public void AWrongStatementIsRefusedWithTheReason(string sql, string reason)
    {
        using var store = new TemporaryStore().With(Sample.Failed(1));

        var error = Assert.Throws<ArgumentException>(() => Ask(store, sql));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AQueryCanBeInterrupted()
    {
        using var store = new TemporaryStore().With(Sample.Ok(1));
        using var interruption = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        Assert.ThrowsAny<OperationCanceledException>(() =>
            AskUntil(store, "select count(*) from range(1000000000) a, range(1000000000) b where a.range * b.range = 7", interruption.Token));
    }

    [Fact]
    public void WhatIsNoStoreIsSaid()
    {
        using var store = new TemporaryStore();

        Assert.Contains("not a result store", Assert.Throws<StoreException>(() => Ask(store, "select 1")).Message, StringComparison.Ordinal);
    }

    private static List<object[]> Ask(TemporaryStore store, string sql) => AskUntil(store, sql, TestContext.Current.CancellationToken);

    private static List<object[]> AskUntil(TemporaryStore store, string sql, CancellationToken cancellation)
    {
        List<object[]> rows = [];
        PointQuery.Run(
            store.Folder,
            sql,
            result =>
            {
                while (result.Read())
                {
                    var row = new object[result.FieldCount];
                    result.GetValues(row);
                    rows.Add(row);
                }
            },
            damage => Assert.Fail(damage.Message),
            cancellation);
        return rows;
    }
}

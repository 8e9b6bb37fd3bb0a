using System.Text.Json.Nodes;
using SparseProp.Results.Export;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Export;

public sealed class PointQueryTests
{
    [Fact]
    public void PointsAreATableWithTheColumnsOfTheRecords()
    {
        using var store = new TemporaryStore().With(Sample.Failed(1), Sample.Ok(2), Sample.Ok(3), Sample.Divergent(3));

        Assert.Equal(
            RecordColumns.Published.All.Select(column => column.Name), Ask(store, "select column_name from (describe points)").Select(row => row[0]));
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
    [InlineData("", "count(*)")]
    [InlineData("select $1", "a statement has a parameter")]
    [InlineData("select * from points where n = ?", "a statement has a parameter")]
    [InlineData("copy points to 'points.csv'", "a query reads the store and nothing else; 'sparseprop results export' writes points")]
    [InlineData("/* a comment */ -- another\n copy points to 'points.csv'", "nothing else")]
    [InlineData("prepare p as copy points to 'points.csv'; execute p", "nothing else")]
    [InlineData("select 1; \n ATTACH 'x.db'", "nothing else")]
    [InlineData("export database 'points'", "nothing else")]
    [InlineData("install spatial", "nothing else")]
    [InlineData("select * from read_csv('/etc/hostname')", "nothing else")]
    [InlineData("set profiling_output = 'points.json'", "locked")]
    [InlineData("set enable_external_access = true", "locked")]
    public void AWrongStatementIsRefusedWithTheReason(string sql, string reason)
    {
        using var store = new TemporaryStore().With(Sample.Failed(1));

        var error = Assert.Throws<ArgumentException>(() => Ask(store, sql));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{'a': 1, 'b': [1, null]}", """{"a":1,"b":[1,null]}""")]
    [InlineData("[[1, null], null]", "[[1,null],null]")]
    [InlineData("[1, null, 3]::integer[3]", "[1,null,3]")]
    [InlineData("map {'k': 1, 'l': null}", """{"k":1,"l":null}""")]
    [InlineData("histogram(0 * n) from points", """{"0":1}""")]
    [InlineData("{'x': 'nan'::double, 'y': '-inf'::double, 'nan': 'NaN'}", """{"x":null,"y":null,"nan":"NaN"}""")]
    [InlineData("[{'t': timestamp '2024-01-02 03:04:05.5'}]", """[{"t":"2024-01-02T03:04:05.5"}]""")]
    [InlineData("[{'d': date '0044-03-15 (BC)', 't': timestamp '0044-03-15 (BC) 12:00:00'}]", """[{"d":"-0043-03-15","t":"-0043-03-15T12:00:00"}]""")]
    [InlineData("12345678901234567890123456789012345678::decimal(38, 0)", "12345678901234567890123456789012345678")]
    [InlineData("1.25::decimal(5, 2)", "1.25")]
    public void ListsStructuresAndDecimalsAreJson(string value, string expected) => Assert.Equal(expected, AskOne(value));

    [Theory]
    [InlineData("date '2024-01-02'", "2024-01-02")]
    [InlineData("date '12024-01-02'", "12024-01-02")]
    [InlineData("'infinity'::date", "infinity")]
    [InlineData("time '01:02:03.456789'", "01:02:03.456789")]
    [InlineData("'01:02:03.456789+02:30'::timetz", "01:02:03.456789+02:30")]
    [InlineData("timestamp '2024-01-02 03:04:05.678901'", "2024-01-02T03:04:05.678901")]
    [InlineData("timestamp '2024-01-02 03:04:05'", "2024-01-02T03:04:05")]
    [InlineData("timestamp_ns '2024-01-02 03:04:05.123456789'", "2024-01-02T03:04:05.123456789")]
    [InlineData("timestamp 'infinity'", "infinity")]
    [InlineData("timezone('UTC', timestamptz '2024-01-02 03:04:05.678901+02')", "2024-01-02T01:04:05.678901")]
    [InlineData("interval '1 year 2 months 3 days 04:05:06.7'", "P1Y2M3DT4H5M6.7S")]
    [InlineData("interval '-3 months'", "P-3M")]
    [InlineData("date '0044-03-15 (BC)'", "-0043-03-15")]
    [InlineData("date '0001-01-01 (BC)'", "0000-01-01")]
    [InlineData("timestamp '290309-12-22 (BC) 00:00:00'", "-290308-12-22T00:00:00")]
    [InlineData("interval '-90 seconds -500 milliseconds'", "PT-1M-30.5S")]
    [InlineData("interval '0 days'", "PT0S")]
    [InlineData("'ab'::blob", "ab")]
    [InlineData(@"'\xAA\x00'::blob", @"\xAA\x00")]
    [InlineData("uuid '4ac7a9e9-607c-4c8a-84f3-843f0191e3fd'", "4ac7a9e9-607c-4c8a-84f3-843f0191e3fd")]
    [InlineData("'1010'::bit", "1010")]
    [InlineData("'x'::enum('x', 'y')", "x")]
    [InlineData("170141183460469231731687303715884105727::hugeint", "170141183460469231731687303715884105727")]
    [InlineData("union_value(num := 2)", """{"num":2}""")]
    [InlineData("null", "")]
    public void EveryTypeIsATextOrANumber(string value, string expected) => Assert.Equal(expected, AskOne(value));

    [Fact]
    public void ATimeWithAZoneSaysWhich() =>
        Assert.Matches(@"^2024-01-0\dT\d\d:\d\d:05\.678901[+-]\d\d:\d\d$", AskOne("timestamptz '2024-01-02 03:04:05.678901+02'"));

    [Fact]
    public void AWholePointIsAStructure()
    {
        using var store = new TemporaryStore().With(Sample.Ok(2));

        var point = Assert.IsType<JsonObject>(Assert.Single(Ask(store, "select points from points limit 1"))[0]);

        Assert.Equal("lif", (string)point["model"]!);
    }

    [Theory]
    [InlineData("select ';' as a; select 2", 2)]
    [InlineData("select \";\" from (select 1 as \";\");;", 1)]
    [InlineData("-- one; two\nselect 1 /* ; /* ; */ ; */; -- end", 1)]
    [InlineData("select $$;$$, $x$;$$;$x$, e'\\';', 'it''s;'", 1)]
    [InlineData("; ;\n", 0)]
    public void StatementsEndAtSemicolonsOutsideOfTexts(string sql, int expected) => Assert.Equal(expected, SqlStatements.In(sql).Count);

    [Fact]
    public void AReasonIsOneLine()
    {
        using var store = new TemporaryStore().With(Sample.Ok(1));

        Assert.All(
            ["selct 1", "select rat_hz\nfrom points", "", "-- nothing", "select 1/"],
            sql => Assert.DoesNotContain('\n', Assert.Throws<ArgumentException>(() => Ask(store, sql)).Message));
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

    private static string AskOne(string value)
    {
        using var store = new TemporaryStore().With(Sample.Ok(1));
        return Assert.Single(Ask(store, $"select {value}"))[0] switch
        {
            null => "",
            JsonNode json => json.ToJsonString(),
            var other => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{other}"),
        };
    }

    private static List<object?[]> Ask(TemporaryStore store, string sql) => AskUntil(store, sql, TestContext.Current.CancellationToken);

    private static List<object?[]> AskUntil(TemporaryStore store, string sql, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
        PointQuery.Run(
            store.Folder,
            sql,
            answer => rows.AddRange(answer.Rows.Select(row => row.ToArray())),
            damage => Assert.Fail(damage.Message),
            cancellation);
        return rows;
    }
}

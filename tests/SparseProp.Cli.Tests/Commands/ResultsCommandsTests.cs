using System.Text.Json.Nodes;
using SparseProp.Cluster.Tests.Api;
using SparseProp.EndToEnd;
using SparseProp.Results.Records;
using SparseProp.Results.Store;

namespace SparseProp.Cli.Tests.Commands;

public sealed class ResultsCommandsTests : CommandTestBase, IDisposable
{
    private readonly SmallStore _store = new();

    [Fact]
    public async Task ATableHasTheGroupsAndValuesThatAreAskedFor()
    {
        var csv = await ResultsAsync("table", "--by", "model,n", "--values", "rate,cv", "--where", "status = ok and n >= 150", "--format", "csv");
        var markdown = await ResultsAsync("table", "--by", "n", "--values", "wall_s", "--format", "markdown");
        var terminal = await ResultsAsync("table");
        var json = await ResultsAsync("table", "--by", "", "--values", "wall_s", "--json");

        Assert.Equal((0, 0, 0, 0), (csv.ExitCode, markdown.ExitCode, terminal.ExitCode, json.ExitCode));
        Assert.Matches(
            "^model,n,rate_hz,rate_hz_sem,rate_hz_half_width,rate_hz_n,rate_hz_few,cv_isi,cv_isi_sem,cv_isi_half_width,cv_isi_n,cv_isi_few,"
            + @"seeds,failed,transient\nlif,200,[0-9.]+,,,1,0,[0-9.]+,,,1,1,1,0,1\n$", csv.Output);
        Assert.Equal(
            """
            | n | wall_s (s) | seeds | failed |
            | ---: | ---: | ---: | ---: |
            | 100 | 1 (all 2 equal) | 2 | 0 |
            | 200 | 1 | 1 | 1 |

            """,
            markdown.Output);
        Assert.Matches(@"(?m)^ *200 +. +10 +. +1 ", terminal.Output);
        Assert.Equal(
            """[{"wall_s":1,"wall_s_sem":0,"wall_s_half_width":0,"wall_s_n":3,"wall_s_few":0,"seeds":3,"failed":1,"transient":3}]""", JsonNode.Parse(json.Output)!.ToJsonString());
    }

    [Theory]
    [InlineData("did you mean `delta_v`?", "--by", "n,delta_w")]
    [InlineData("did you mean `cv_isi_sd`?", "--values", "cv_isi_ds")]
    [InlineData("did you mean `model`?", "--where", "modle = lif")]
    [InlineData("at character 6", "--where", "n >= & 5")]
    [InlineData("terminal, markdown, csv, json", "--format", "html")]
    [InlineData("contradict", "--format", "csv", "--json")]
    public async Task AWrongWordIsRefusedWithTheOneThatWasMeant(string reason, params string[] options) =>
        AssertFailure(await ResultsAsync("table", options), 2, reason);

    [Fact]
    public async Task WhatATableAveragesTogetherIsToldBesideIt()
    {
        var together = await ResultsAsync("table", "--by", "k");
        var nothing = await ResultsAsync("table", "--where", "n > 200");

        Assert.Equal((0, 0), (together.ExitCode, nothing.ExitCode));
        Assert.Contains("sparseprop: points that differ in n are averaged together; --by tells them apart\n", together.Errors, StringComparison.Ordinal);
        Assert.Equal("sparseprop: --where: no point in the store meets 'n > 200'\n", nothing.Errors);
        Assert.Equal("", (await ResultsAsync("table", "--values", "wall_s")).Errors);
    }

    [Fact]
    public async Task APointIsShownByIndexOrKey()
    {
        var ok = StoreReader.Read(_store.Folder).First();
        var json = await ResultsAsync("show", "0", "--json");
        var text = await ResultsAsync("show", ok.Key.ToString()[..8]);
        var failed = await ResultsAsync("show", "3");

        Assert.Equal((0, 0, 0), (json.ExitCode, text.ExitCode, failed.ExitCode));
        var facts = JsonNode.Parse(json.Output)!.AsObject();
        Assert.Equal(RecordColumns.Published.All.Select(column => column.Name).Append("divergent_digests"), facts.Select(fact => fact.Key));
        Assert.Equal((ok.Key.ToString(), ok.Result!.RateHz), ((string)facts["key"]!, (double)facts["rate_hz"]!));
        Assert.Null(facts["error"]);
        Assert.Matches($@"(?m)^key +{ok.Key}$", text.Output);
        Assert.Matches(@"(?m)^wall_s +1 s$", text.Output);
        Assert.DoesNotMatch("(?m)^error", text.Output);
        Assert.Matches(@"(?m)^error +broken$", failed.Output);
    }

    [Fact]
    public async Task WhatIsNoPointIsRefused()
    {
        AssertFailure(await ResultsAsync("show", "4711"), 2, "'4711'");
        AssertFailure(await ResultsAsync("show", ""), 2, "POINT is empty");
    }

    [Fact]
    public async Task AQueryIsAnsweredInEveryFormat()
    {
        const string query = "select n, count(*) as \"a|b\", max(error) as error, [n, null] as list, n / 7 as x from points group by n order by n";

        var csv = await ResultsAsync("sql", query, "--format", "csv");
        var json = await ResultsAsync("sql", query, "--json");
        var markdown = await ResultsAsync("sql", query, "--format", "markdown");
        var terminal = await ResultsAsync("sql", query);

        Assert.Equal("n,a|b,error,list,x\n100,2,,\"[100,null]\",14.285714285714286\n200,2,broken,\"[200,null]\",28.571428571428573\n", csv.Output);
        Assert.Equal(
            """[{"n":100,"a|b":2,"error":null,"list":[100,null],"x":14.285714285714286},{"n":200,"a|b":2,"error":"broken","list":[200,null],"x":28.571428571428573}]""",
            JsonNode.Parse(json.Output)!.ToJsonString());
        Assert.Equal(
            """
            | n | a\|b | error | list | x |
            | ---: | ---: | --- | --- | ---: |
            | 100 | 2 |  | [100,null] | 14.2857 |
            | 200 | 2 | broken | [200,null] | 28.5714 |

            """,
            markdown.Output);
        Assert.Matches(@"(?m)200 .* broken .* \[200,null\] .* 28\.5714", terminal.Output);
    }

    [Fact]
    public async Task AnAnswerWithoutRowsIsStillATable()
    {
        Assert.Equal("n,k\n", (await ResultsAsync("sql", "select n, k from points where n < 0", "--format", "csv")).Output);
        Assert.Equal("[]\n", (await ResultsAsync("sql", "select n, k from points where n < 0", "--json")).Output);
        Assert.Equal(
            "[\n{\"a\":1,\"a_2\":2,\"a_1\":3,\"a_3\":4}\n]\n", (await ResultsAsync("sql", "select 1 a, 2 a, 3 a_1, 4 a", "--json")).Output);
    }

    [Fact]
    public async Task EveryTypeIsPrintedInEveryFormat()
    {
        const string query = "select {'a': 1, 'b': [null]} s, histogram(n) h, map {'ü': 1} m, timestamp '2024-01-02 03:04:05.25' t, interval '1 month' i, "
            + "2::hugeint g, 1.50::decimal(5, 2) d, 'x'::enum('x') e, 'ab'::blob o, null z from points";

        var csv = await ResultsAsync("sql", query, "--format", "csv");
        var json = await ResultsAsync("sql", query, "--json");

        Assert.Equal(
            "s,h,m,t,i,g,d,e,o,z\n\"{\"\"a\"\":1,\"\"b\"\":[null]}\",\"{\"\"100\"\":2,\"\"200\"\":2}\",\"{\"\"ü\"\":1}\",2024-01-02T03:04:05.25,P1M,2,1.50,x,ab,\n",
            csv.Output);
        Assert.Equal(
            """[{"s":{"a":1,"b":[null]},"h":{"100":2,"200":2},"m":{"\u00FC":1},"t":"2024-01-02T03:04:05.25","i":"P1M","g":2,"d":1.50,"e":"x","o":"ab","z":null}]""",
            JsonNode.Parse(json.Output)!.ToJsonString());
        Assert.Equal((0, 0), (csv.ExitCode, json.ExitCode));
        Assert.Equal(0, (await ResultsAsync("sql", query)).ExitCode);
        Assert.Equal(0, (await ResultsAsync("sql", "select points from points limit 1", "--format", "markdown")).ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- nothing")]
    [InlineData("selct 1")]
    [InlineData("select 1/0::bit[3]")]
    public async Task AWrongQueryIsRefusedInOneLine(string query)
    {
        var run = await ResultsAsync("sql", query);

        AssertFailure(run, 2, "sparseprop: ");
        Assert.Single(run.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task AWrongQueryIsRefusedWithColumnsThatAreNear() =>
        AssertFailure(await ResultsAsync("sql", "select rate_zh from points"), 2, "rate_zh", "rate_hz");

    [Fact]
    public async Task AStoreIsExportedUnderTheNameThatIsGiven()
    {
        var file = Folder.In("small.csv");

        var text = await ResultsAsync("export", "--out", file);
        var again = await ResultsAsync("export", "--out", file);
        var forced = await ResultsAsync("export", "--out", file, "--format", "parquet", "--force", "--json");

        Assert.Equal((0, 0), (text.ExitCode, forced.ExitCode));
        AssertFailure(again, 2, "--force", file);
        Assert.Matches(@"(?m)^points +4$", text.Output);
        Assert.Equal("parquet", (string)JsonNode.Parse(forced.Output)!["format"]!);
        Assert.Equal("PAR1", File.ReadAllText(file)[..4]);
    }

    [Fact]
    public async Task ColumnsHaveTheNamesOfTheSweepFileAndOfJson()
    {
        var simulated = await Sparseprop.RunAsync(
            "simulate", "--model", "eif-chebyshev", "--n", "100", "--k", "10", "--seconds", "2", "--record", "rates,irregularity,population,chi", "--json");
        var exported = await ResultsAsync("export");

        Assert.Equal((0, 0), (simulated.ExitCode, exported.ExitCode));
        var columns = exported.Output.Split('\n')[0].Split(',');

        // Of the process, not of the point.
        Assert.Equal(["peak_memory_bytes"], JsonNode.Parse(simulated.Output)!.AsObject().Select(fact => fact.Key).Except(columns));
        Assert.Contains("status", columns);
        Assert.Equal(["ok", "ok", "ok", "failed"], exported.Output.TrimEnd().Split('\n').Skip(1).Select(row => row.Split(',')[Array.IndexOf(columns, "status")]));
    }

    [Fact]
    public async Task AFormatThatIsNotKnownIsRefused()
    {
        AssertFailure(await ResultsAsync("export", "--out", Folder.In("small.xlsx")), 2, "small.xlsx", "parquet, csv, jsonl, arrow");
        AssertFailure(await ResultsAsync("export", "--out", Folder.In("small.csv"), "--format", "feather"), 2, "'feather'");
        AssertFailure(await ResultsAsync("export", "--out", Folder.In("nowhere/small.csv")), 1, "nowhere/small.csv cannot be written");
    }

    public new void Dispose()
    {
        _store.Dispose();
        base.Dispose();
    }

    private Task<Finished> ResultsAsync(string command, params string[] options) =>
        Sparseprop.RunAsync(["results", command, _store.Folder, .. options]);
}

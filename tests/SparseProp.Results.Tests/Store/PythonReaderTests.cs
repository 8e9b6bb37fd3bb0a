using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tests.Store;

public sealed class PythonReaderTests
{
    // Debian's packages are seen by its own interpreter only.
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task TheReaderInTheReadmeReadsAStore()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var check = await Command.RunAsync(Python, "import msgpack", cancellation);
        Assert.SkipUnless(check.ExitCode == 0, $"{Python} has no msgpack: {check.Error.Trim()}");
        using var files = new TemporaryStore().With(
            Sample.Failed(2), Sample.Ok(1), Sample.Failed(3, 1), Sample.Ok(2), Sample.Ok(2, 9), Sample.Divergent(2), Sample.Failed(3, 4));
        var script = await ReaderAsync(cancellation) + "\nimport json, sys\n"
            + "print(json.dumps({p['key'].hex(): p for p in read_results(sys.argv[1])}, default=bytes.hex))\n";

        var run = await Command.RunAsync(Python, script, cancellation, "-", files.Folder);

        Assert.Equal("", run.Error);
        var points = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(3, points.EnumerateObject().Count());
        Assert.All(files.Read(), record => AssertSame(record, points.GetProperty(record.Key.ToString())));
    }

    [Fact]
    public async Task TheReaderInTheReadmeIsShort() =>
        Assert.InRange((await ReaderAsync(TestContext.Current.CancellationToken)).Split('\n').Length, 5, 20);

    [Fact]
    public async Task TheReadmeNamesEveryKeyOfARecord()
    {
        var readme = await ReadmeAsync(TestContext.Current.CancellationToken);
        var records = Regex.Match(readme, "\n## Records\n(.*?)\n## ", RegexOptions.Singleline).Groups[1].Value;
        var named = Regex.Matches(records, @"^\| (\d+)(?:-(\d+))? \| ([^|]+) \|", RegexOptions.Multiline).SelectMany(NamesByKey);

        Assert.Equal(RecordNames.Fields.Index(), named);
    }

    private static IEnumerable<(int Key, string Name)> NamesByKey(Match row)
    {
        var first = int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture);
        var last = row.Groups[2].Success ? int.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture) : first;
        var names = Regex.Matches(row.Groups[3].Value, "`([^`]+)`").Select(name => name.Groups[1].Value);
        return Enumerable.Range(first, last - first + 1).Zip(names);
    }

    private static void AssertSame(PointRecord record, JsonElement point)
    {
        Assert.Equal(RecordNames.Of(record.Status), point.GetProperty("status").GetString());
        Assert.Equal((record.Index, record.Parameters.N), (point.GetProperty("index").GetInt64(), point.GetProperty("n").GetInt32()));
        Assert.Equal(record.FinishedUtc.ToUnixTimeMilliseconds(), point.GetProperty("finished_utc").GetInt64());
        if (record.Result is { } result)
        {
            Assert.Equal(result.Digest.ToString("x32", null), point.GetProperty("digest").GetString());
            Assert.Equal(result.RateHz, point.GetProperty("rate_hz").GetDouble());
            Assert.Equal(result.CvIsi is null, point.GetProperty("cv_isi").ValueKind == JsonValueKind.Null);
            Assert.Equal(record.Cost!.Contended, point.GetProperty("contended").GetBoolean());
        }
        else
        {
            Assert.Equal(record.Failure!.Message, point.GetProperty("error").GetString());
            Assert.Equal(record.Failure.Attempts, point.GetProperty("attempts").GetInt32());
        }
    }

    private static async Task<string> ReaderAsync(CancellationToken cancellation)
    {
        var readme = await ReadmeAsync(cancellation);
        return Regex.Match(readme, "```python\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
    }

    private static Task<string> ReadmeAsync(CancellationToken cancellation) =>
        File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "README.md"), cancellation);
}

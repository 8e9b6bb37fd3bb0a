using System.Globalization;
using System.Text.Json;
using Apache.Arrow.Ipc;
using CsCheck;
using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Results.Export;
using SparseProp.Results.Records;
using SparseProp.Results.Store;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Export;

public sealed class PointExportTests
{
    public static TheoryData<ExportFormat> Formats => [.. Enum.GetValues<ExportFormat>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void WhateverWasRecordedComesBackInThePlansOrder(ExportFormat format) => Sample.Records.List[0, 12].Sample(
        records =>
        {
            using var store = new TemporaryStore().With(records);
            using var file = new ExportedFile(store, format);

            List<PointRecord> expected = [.. store.Read().OrderBy(record => record.Index)];
            var rows = file.Read();

            Assert.Equal((expected.Count, expected.Count), (rows.Count, (int)file.Rows));
            Assert.All(expected.Zip(rows), pair => AssertSame(pair.First, pair.Second));
        },
        iter: 20);

    [Theory]
    [MemberData(nameof(Formats))]
    public void ManyBatchesComeOneAfterTheOther(ExportFormat format)
    {
        using var store = new TemporaryStore().With(Enumerable.Range(0, 9000).Reverse().Select(WithActivity));
        using var file = new ExportedFile(store, format);

        var rows = file.Read();

        Assert.Equal(Enumerable.Range(0, 9000), rows.Select(row => Convert.ToInt32(row["index"], CultureInfo.InvariantCulture)));
        Assert.All(rows.Index(), row => AssertSame(WithActivity(row.Index), row.Item));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void OnlyRecordsThatCountAreRows(ExportFormat format)
    {
        using var store = new TemporaryStore().With(
            Sample.Failed(2), Sample.Ok(1), Sample.Failed(3, 1), Sample.Ok(2), Sample.Ok(2, 9), Sample.Divergent(2), Sample.Failed(3, 4));
        using var file = new ExportedFile(store, format);

        var rows = file.Read();

        Assert.Equal(["ok", "ok", "failed"], rows.Select(row => row["status"]));
        Assert.Equal([null, null, "4"], rows.Select(row => row["attempts"] is { } tries ? Convert.ToString(tries, CultureInfo.InvariantCulture) : null));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void TextsWithSeparatorsComeBack(ExportFormat format)
    {
        const string text = "a,b;\"c\"\r\nd\t'e' [1,2] \\ NULL";
        using var store = new TemporaryStore().With(
            Sample.Failed(1) with { Failure = new PointFailure { Kind = "x", Message = text, Attempts = 1 } });
        using var file = new ExportedFile(store, format);

        Assert.Equal(text, Assert.Single(file.Read())["error"]);
    }

    [Theory]
    [InlineData(ExportFormat.Csv, @"a\u001b[31m\u202e" + "\nb")]
    [InlineData(ExportFormat.Parquet, "a\u001b[31m\u202e\nb")]
    [InlineData(ExportFormat.Jsonl, "a\u001b[31m\u202e\nb")]
    public void ControlCharactersAreEscapedInTheTableThatPeopleRead(ExportFormat format, string expected)
    {
        using var store = new TemporaryStore().With(
            Sample.Failed(1) with { Failure = new PointFailure { Kind = "x", Message = "a\u001b[31m\u202e\nb", Attempts = 1 } });
        using var file = new ExportedFile(store, format);

        Assert.Equal(expected, Assert.Single(file.Read())["error"]);
    }

    [Theory]
    [InlineData(ExportFormat.Parquet)]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Jsonl)]
    public void DuckDbReadsTheFileWithoutBeingToldItsFormat(ExportFormat format)
    {
        using var store = new TemporaryStore().With(Sample.Failed(1), WithActivity(2), WithActivity(4));
        using var file = new ExportedFile(store, format);

        var row = Assert.Single(file.Query("select n, avg(rate_hz) r, count(*) c from FILE where status = 'ok' and not contended group by n"));

        Assert.Equal((1000L, 0.9756, 2L), (row["n"], row["r"], row["c"]));
    }

    [Theory]
    [InlineData(9_000, 300, 4096)]
    [InlineData(10_000_000, 320, 39_062)]
    [InlineData(10_000_000, 3200, 5000)]
    [InlineData(10_000_000, 60_000, 4096)]
    [InlineData(10_000_000_000, 100, 122_880)]
    public void RowGroupsGrowWithTheStoreAsFarAsTheirRowsAreSmall(long points, long bytesOfEach, int rows) =>
        Assert.Equal(rows, PointExport.GroupRows(points, points * bytesOfEach));

    [Fact]
    public void ParquetHasRowGroupsOfBoundedSizeAndUnitsInItsMetadata()
    {
        using var store = new TemporaryStore().With(Enumerable.Range(0, 9000).Select(number => Sample.Failed(number)));
        using var file = new ExportedFile(store, ExportFormat.Parquet);

        Assert.Equal(
            [4096L, 4096L, 808L], file.Query("select distinct row_group_id, row_group_num_rows n from parquet_metadata(FILE) order by 1").Select(row => row["n"]));
        var columns = file.Query("select decode(value) v from parquet_kv_metadata(FILE) where decode(key) = 'columns'").Single()["v"];
        AssertUnits(name => JsonDocument.Parse((string)columns!).RootElement.GetProperty(name).GetProperty("unit").GetString());
    }

    [Fact]
    public void ArrowHasUnitsInTheMetadataOfItsFields()
    {
        using var store = new TemporaryStore().With(Sample.Ok(1));
        using var file = new ExportedFile(store, ExportFormat.Arrow);
        using var stream = File.OpenRead(file.Path);
        using var reader = new ArrowFileReader(stream);

        AssertUnits(name => reader.Schema.GetFieldByName(name).Metadata["unit"]);
        Assert.Equal("machine", reader.Schema.GetFieldByName("host").Metadata["meaning"]);
    }

    [Fact]
    public void AnotherFileIsReplacedOnlyOnRequest()
    {
        using var store = new TemporaryStore().With(Sample.Ok(1));
        var path = Path.Combine(store.Folder, "out.csv");
        File.WriteAllText(path, "precious");

        Assert.Contains(path, Assert.Throws<StoreException>(() => Write(store, path, ExportFormat.Csv)).Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(path));

        Assert.Equal(1, Write(store, path, ExportFormat.Csv, replace: true));
        Assert.StartsWith("key,", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(["out.csv"], Directory.GetFiles(store.Folder, "out*").Select(Path.GetFileName));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WhereThereIsNoFolderForItTheFileIsNamed(ExportFormat format)
    {
        using var store = new TemporaryStore().With(Sample.Ok(1));
        var path = Path.Combine(store.Folder, "nowhere", "out");

        Assert.Contains(path, Assert.Throws<StoreException>(() => Write(store, path, format)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void WhatIsNoStoreLeavesNothingBehind(ExportFormat format)
    {
        using var store = new TemporaryStore();

        var error = Assert.Throws<StoreException>(() => Write(store, Path.Combine(store.Folder, "out"), format));

        Assert.Contains("not a result store", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(store.Folder));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AnInterruptedExportLeavesNothingBehind(ExportFormat format)
    {
        using var store = new TemporaryStore().With(Sample.Ok(1), Sample.Ok(2));
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            PointExport.Write(store.Folder, Path.Combine(store.Folder, "out"), format, cancellation: interruption.Token));

        Assert.Empty(Directory.GetFiles(store.Folder, "out*"));
    }

    [Fact]
    public void DamageIsToldAndTheRestIsWritten()
    {
        using var store = new TemporaryStore().With(Sample.Ok(1), Sample.Ok(2), Sample.Ok(3));
        var bytes = File.ReadAllBytes(store.Results(1));
        bytes[^400] ^= 0xFF;
        File.WriteAllBytes(store.Results(1), bytes);
        List<StoreDamage> damage = [];

        var rows = Write(store, Path.Combine(store.Folder, "out.csv"), ExportFormat.Csv, onDamage: damage.Add);

        Assert.Equal((2, 1), (rows, damage.Count));
    }

    private static long Write(
        TemporaryStore store, string path, ExportFormat format, bool replace = false, Action<StoreDamage>? onDamage = null) =>
        PointExport.Write(store.Folder, path, format, replace, onDamage, TestContext.Current.CancellationToken);

    private static PointRecord WithActivity(int number)
    {
        var record = Sample.Ok(number);
        var activity = new Series([.. Enumerable.Range(number, number % 11).Select(i => i / 3.0)]);
        return record with
        {
            Result = record.Result! with
            {
                Population = number % 3 == 0 ? null : new PopulationActivity
                {
                    Fano1ms = 1,
                    Fano10ms = null,
                    Fano100ms = double.PositiveInfinity,
                    Fano1s = 0.5,
                    MeanCorrelation1s = null,
                    CountChi1s = null,
                    ActivityBinSeconds = 0.01,
                    Activity = activity,
                    Autocorrelation = Series.Empty,
                    AutocorrelationLagSeconds = new Series([double.NaN, number, double.NegativeInfinity]),
                },
            },
        };
    }

    private static void AssertUnits(Func<string, string?> unitOf) => Assert.All(
        RecordColumns.Published.All, column => Assert.Equal(column.Unit, unitOf(column.Name)));

    private static void AssertSame(PointRecord record, Dictionary<string, object?> row)
    {
        Assert.Equal(RecordColumns.Published.All.Select(column => column.Name), row.Keys);
        Assert.All(RecordColumns.Published.All, column => Assert.Equal(Expected(column.FiniteValue(record), row[column.Name]), row[column.Name]));
    }

    // Exports to CSV have texts only, and none tells no text from an empty one.
    private static object? Expected(object? value, object? found)
    {
        if (value is Series series)
        {
            double?[] numbers = [.. series.Select(number => double.IsFinite(number) ? number : (double?)null)];
            return found is string ? SameNumbers(numbers, (string)found) : numbers;
        }

        return (value, found) switch
        {
            (double number, string text) => double.Parse(text, CultureInfo.InvariantCulture) == number ? text : value,
            (long integer, string) => integer.ToString(CultureInfo.InvariantCulture),
            (bool truth, string) => truth ? "true" : "false",
            ("", null) => null,
            _ => value,
        };
    }

    private static object SameNumbers(double?[] numbers, string json) =>
        JsonSerializer.Deserialize<double?[]>(json)!.SequenceEqual(numbers) ? json : numbers;
}

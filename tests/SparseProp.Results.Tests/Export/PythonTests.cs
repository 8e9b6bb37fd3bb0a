using SparseProp.Results.Export;
using SparseProp.Results.Records;
using SparseProp.Results.Tests.Store;

namespace SparseProp.Results.Tests.Export;

/// <summary>Exports as users read them, for each library that the machine has.</summary>
public sealed class PythonTests
{
    // Debian's packages are seen by its own interpreter only.
    private const string Python = "/usr/bin/python3";

    [Theory]
    [InlineData("pandas", ExportFormat.Csv, "pandas.read_csv(path)")]
    [InlineData("pandas", ExportFormat.Jsonl, "pandas.read_json(path, lines=True)")]
    [InlineData("pyarrow", ExportFormat.Parquet, "pyarrow.parquet.read_table(path).to_pandas()")]
    [InlineData("pyarrow", ExportFormat.Arrow, "pyarrow.feather.read_feather(path)")]
    [InlineData("polars", ExportFormat.Parquet, "polars.read_parquet(path).to_pandas()")]
    [InlineData("polars", ExportFormat.Arrow, "polars.read_ipc(path).to_pandas()")]
    [InlineData("duckdb", ExportFormat.Parquet, "duckdb.read_parquet(path).df()")]
    public async Task ALibraryReadsTheFile(string library, ExportFormat format, string read)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var import = library == "pyarrow" ? "pandas, pyarrow.parquet, pyarrow.feather" : $"pandas, {library}";
        var check = await Command.RunAsync(Python, $"import {import}", cancellation);
        Assert.SkipUnless(check.ExitCode == 0, $"{Python} has no {library}: {check.Error.Trim()}");
        using var store = new TemporaryStore().With(Sample.Failed(1), Sample.Ok(2), Sample.Ok(3));
        using var file = new ExportedFile(store, format);

        var run = await Command.RunAsync(
            Python,
            $"""
            import sys, {import}
            path = sys.argv[1]
            table = {read}
            print(len(table), list(table["status"]), int(table["n"].sum()), table["rate_hz"].mean(), int(table["cv_isi"].isna().sum()))
            print(list(table["error"].fillna("-")), table["contended"].dropna().map(bool).any(), len(table.columns))
            """,
            cancellation,
            "-",
            file.Path);

        Assert.Equal("", run.Error);
        Assert.Equal(
            $"""
            3 ['failed', 'ok', 'ok'] 3000 0.9756 2
            ['needs 3 TB of memory', '-', '-'] False {RecordColumns.Published.All.Count}

            """,
            run.Output);
    }
}

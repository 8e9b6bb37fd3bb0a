using SparseProp.Results.Records;

namespace SparseProp.Results.Tests.Export;

/// <summary>The page about the columns says what the columns are.</summary>
public sealed class ColumnPageTests
{
    [Fact]
    public async Task ThePageHasEveryColumnWithItsUnitAndMeaning()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Export.md"), TestContext.Current.CancellationToken);
        var table = string.Join('\n', ["| column | type | unit | meaning |", "|---|---|---|---|", .. RecordColumns.Published.All.Select(LineOf)]);

        Assert.True(page.EndsWith($"\n\n{table}\n", StringComparison.Ordinal), $"the page in src/SparseProp.Results/Export is to end with\n{table}");
    }

    private static string LineOf(RecordColumn column) => $"| `{column.Name}` | {TypeOf(column.Kind)} | {column.Unit} | {column.Meaning} |";

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Whole => "integer",
        ColumnKind.Number => "number",
        ColumnKind.Truth => "truth",
        _ => "list of numbers",
    };
}

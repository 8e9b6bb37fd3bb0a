using SparseProp.Results.Records;

namespace SparseProp.Results.Tests;

public sealed class ListColumnTests
{
    [Fact]
    public void EveryColumnOfListsIsAMeasurementWithAnAxisOrSuchAnAxis() => Assert.All(
        RecordColumns.Published.All.Where(column => column.Kind == ColumnKind.List),
        column => Assert.Contains(ListColumn.All, list => list.Name == column.Name || list.Axis.Name == column.Name));

    [Fact]
    public void EveryAxisIsAColumnThatSaysWhatItIsOf() => Assert.All(ListColumn.All, list =>
    {
        var axis = RecordColumns.Published.Find(list.Axis.Name)!;
        Assert.Equal((list.Axis.Kind, list.Axis.Unit, list.Axis.Meaning), (axis.Kind, axis.Unit, axis.Meaning));
        Assert.Contains(list.Axis.Name.StartsWith("curve_", StringComparison.Ordinal) ? "learning curve" : list.Name, axis.Meaning, StringComparison.Ordinal);
    });
}

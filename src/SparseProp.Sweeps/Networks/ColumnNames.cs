using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>The columns of a file that a value reads, before it is read itself: the file is read once, for all of them.</summary>
internal static class ColumnNames
{
    public static IEnumerable<string> In(Node node) =>
        node is ScalarNode scalar && ExpressionGrammar.Read(scalar.Text, out _, out _) is { } root
            ? root.All.OfType<ColumnExpression>().Select(column => column.Column)
            : [];
}

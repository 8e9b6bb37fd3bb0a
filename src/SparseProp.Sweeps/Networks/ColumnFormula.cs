using System.Globalization;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>An expression in columns of a file: one value for each row.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="rule">What its values may be.</param>
/// <param name="formula">What is written.</param>
internal sealed class ColumnFormula(string name, NumberRule rule, Formula formula)
{
    private Expression _bound = formula.Root;
    private int[] _places = [];
    private Evaluated? _last;

    public string Name => name;

    public NumberRule Rule => rule;

    public Formula Formula => formula;

    /// <summary>The columns that it reads, each once.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. formula.Root.All.OfType<ColumnExpression>().Select(column => column.Column).Distinct()];

    /// <summary>How many rows its file has, as far as it was evaluated.</summary>
    public int Rows => _last?.Values.Length ?? 0;

    public void Bind(Expression bound)
    {
        _bound = bound;
        _places = [.. bound.All.OfType<PlaceExpression>().Select(place => place.Place).Distinct()];
    }

    /// <summary>The values; null after noting the first row that has none. As the next point often has the same, the last are kept.</summary>
    public double[]? Evaluate(double[] values, DataTable table, Action<Position, string> fail)
    {
        double[] read = [.. _places.Select(place => values[place])];
        if (_last is { } last && last.Read.AsSpan().SequenceEqual(read))
        {
            return last.Values;
        }

        var row = 0;
        var evaluation = new Evaluation(values) { Columns = column => table.NumberAt(column, row) };
        var found = new double[table.Rows];
        for (; row < found.Length; row++)
        {
            var value = _bound.ValueIn(evaluation);
            var reason = evaluation.Failure?.Reason
                ?? (double.IsFinite(value) ? rule.Apply(ref value) : string.Create(CultureInfo.InvariantCulture, $"is {value}, which is no number"));
            if (reason is not null)
            {
                fail(formula.Node.At, $"{formula}, in {table.PlaceOf(row)}: {reason}");
                return null;
            }

            found[row] = value;
        }

        _last = new Evaluated(read, found);
        return found;
    }

    private sealed record Evaluated(double[] Read, double[] Values);
}

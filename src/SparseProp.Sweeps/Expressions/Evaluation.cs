namespace SparseProp.Sweeps.Expressions;

/// <summary>What expressions are evaluated with, and the first thing that went wrong. Not for several threads.</summary>
/// <param name="values">The values that names stand for, by their places.</param>
internal sealed class Evaluation(double[] values)
{
    public double[] Values => values;

    /// <summary>Looks up a column's value in the row that is being evaluated.</summary>
    public Func<string, double>? Columns { get; set; }

    /// <summary>Why there is no value, and of which part; null where there is one.</summary>
    public (Expression Part, string Reason)? Failure { get; private set; }

    /// <summary>Notes why a part has no value.</summary>
    /// <returns>NaN.</returns>
    public double Fail(Expression part, string reason)
    {
        Failure ??= (part, reason);
        return double.NaN;
    }

    /// <summary>Forgets what went wrong, to evaluate something else.</summary>
    public void Reset() => Failure = null;

    /// <summary>The value, which has to be finite.</summary>
    public double Finite(Expression part, double value) =>
        double.IsFinite(value) ? value : Fail(part, double.IsNaN(value) ? "the result is not a number" : "the result overflows double precision");

    public double Column(ColumnExpression column) => Columns is null ? Fail(column, "no file is given") : Columns(column.Column);
}

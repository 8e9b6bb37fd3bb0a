using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Expressions;

/// <summary>Finds out what an expression measures, and notes where times are mixed with voltages.</summary>
/// <param name="formula">The expression's text.</param>
/// <param name="key">The key that it is the value of.</param>
/// <param name="errors">Where errors go.</param>
/// <param name="dimensionOf">What a name stands for; null after noting that it is unknown.</param>
/// <param name="allowsColumns">Whether columns of a file can be read.</param>
internal sealed class DimensionCheck(
    Formula formula, string key, ErrorList errors, Func<NameExpression, Dimension?> dimensionOf, bool allowsColumns = false)
{
    public bool AllowsColumns => allowsColumns;

    public Dimension? DimensionOf(NameExpression name) => dimensionOf(name);

    /// <summary>Notes what is wrong at a place of the text.</summary>
    /// <returns>Null.</returns>
    public Dimension? Fail(int at, string message)
    {
        errors.Add(formula.PositionOf(at), key, message);
        return null;
    }

    /// <summary>The dimension that all parts have; null after noting that they differ.</summary>
    public Dimension? Common(int at, string verb, IReadOnlyList<(Expression Part, Dimension Dimension)> parts)
    {
        // Nothing is nothing in every unit.
        var counted = parts.Where(part => part.Part is not NumberExpression { IsBareZero: true }).ToList();
        if (counted.Count == 0)
        {
            return Dimension.None;
        }

        var (_, first) = counted[0];
        var odd = counted.FirstOrDefault(part => part.Dimension != first);
        return odd.Part is null ? first : Fail(at, $"{first} and {odd.Dimension} cannot be {verb}");
    }
}

using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Draws;

namespace SparseProp.Engine.Populations;

/// <summary>Between which numbers the values of a quantity are.</summary>
/// <param name="Least">None is below.</param>
/// <param name="Most">None is above.</param>
internal readonly record struct QuantityRange(double Least, double Most)
{
    public static QuantityRange Of(Quantity quantity) => quantity.Kind switch
    {
        QuantityKind.Constant => new(quantity.First, quantity.First),
        QuantityKind.Listed when quantity.Values is { Count: > 0 } values => new(values.Min(), values.Max()),
        QuantityKind.Listed => new(double.NaN, double.NaN),
        QuantityKind.Uniform => new(Math.Max(quantity.First, quantity.Min), Math.Min(quantity.Second, quantity.Max)),
        QuantityKind.Lognormal => new(Math.Max(double.Epsilon, quantity.Min), quantity.Max),
        _ => new(quantity.Min, quantity.Max),
    };

    /// <summary>What is wrong with a quantity whatever it is of, in words that follow its name; null where nothing is.</summary>
    /// <param name="quantity">The quantity.</param>
    /// <param name="count">How many values a list must have.</param>
    public static string? FaultOf(Quantity quantity, long count)
    {
        if (quantity.Kind == QuantityKind.Listed)
        {
            return quantity.Values is not { } values ? "has no values"
                : values.Count != count ? $"has {values.Count} values where {count} are needed; give one for each"
                : values.Any(double.IsNaN) ? "has values that are no numbers"
                : null;
        }

        if (quantity.Kind == QuantityKind.Constant)
        {
            return double.IsNaN(quantity.First) ? "is no number" : null;
        }

        if (!double.IsFinite(quantity.First) || !double.IsFinite(quantity.Second))
        {
            return "is a distribution with numbers that are not finite";
        }

        var fault = quantity.Kind switch
        {
            QuantityKind.Uniform when quantity.Second < quantity.First => "is uniform from a number to a smaller one; exchange them",
            QuantityKind.Lognormal when quantity.First <= 0 => "is lognormal with a mean that is not above 0",
            QuantityKind.Normal or QuantityKind.Lognormal when quantity.Second < 0 => "has a negative standard deviation",
            _ => null,
        };
        return fault is null && !new QuantityDraw(quantity).IsPossible() ? "is hardly ever within its min and max; widen them" : fault;
    }
}

using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>One number of a network file: a parameter, or what a key of a population, projection or input says.</summary>
/// <param name="name">What messages call it, and expressions where they may name it: g, E.tau.</param>
/// <param name="at">Where it stands in the file.</param>
/// <param name="rule">What it may be.</param>
/// <param name="formula">What is written; null where it has its default.</param>
/// <param name="default">Its value where nothing is written.</param>
internal sealed class Slot(string name, Position at, NumberRule rule, Formula? formula, double @default)
{
    public string Name => name;

    public Position At => at;

    public NumberRule Rule => rule;

    public Formula? Formula => formula;

    public double Default => @default;

    /// <summary>What it measures, once that is known.</summary>
    public Dimension Dimension { get; private set; } = rule.Dimension ?? Dimension.None;

    /// <summary>Its place among the values of a network, in an order in which each reads only those before it.</summary>
    public int Place { get; private set; } = -1;

    /// <summary>The expression with places for names; null where the default stands.</summary>
    public Expression? Bound { get; private set; }

    public void Bind(int place, Expression? bound, Dimension dimension) => (Place, Bound, Dimension) = (place, bound, dimension);
}

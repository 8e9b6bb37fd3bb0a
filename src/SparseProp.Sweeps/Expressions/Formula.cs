using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Expressions;

/// <summary>An expression with its text and place in a file.</summary>
/// <param name="Node">Where it is written.</param>
/// <param name="Root">What it says.</param>
internal sealed record Formula(ScalarNode Node, Expression Root)
{
    public string Text => Node.Text;

    /// <summary>The first place where it has a voltage with a unit; null where there is none.</summary>
    public Position? VoltageAt => Root.All.OfType<NumberExpression>().Where(number => number.Dimension == Dimension.OfVoltage).MinBy(number => number.At) is { } number
        ? PositionOf(number.At)
        : null;

    /// <summary>Whether it is zero without a unit, which fits wherever a quantity is asked for.</summary>
    public bool IsBareZero => Root is NumberExpression { IsBareZero: true };

    /// <summary>Reads what a scalar says; null after noting that it is no expression.</summary>
    public static Formula? Read(ScalarNode node, string key, ErrorList errors)
    {
        if (ExpressionGrammar.Read(node.Text, out var at, out var message) is { } root)
        {
            return new Formula(node, root);
        }

        errors.Add(node.PositionOf(at), key, message);
        return null;
    }

    public Position PositionOf(int at) => Node.PositionOf(at);

    public override string ToString() => Node.Shown;
}

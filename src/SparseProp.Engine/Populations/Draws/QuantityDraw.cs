using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Populations.Draws;

/// <summary>Draws values of a quantity.</summary>
internal sealed class QuantityDraw
{
    /// <summary>Draws that may be refused in a row. A quantity that is hardly ever within its bounds is an error, not an endless loop.</summary>
    private const int MostRefused = 1_000_000;

    private readonly Quantity _quantity;
    private readonly double _location;
    private readonly double _scale;

    public QuantityDraw(Quantity quantity)
    {
        _quantity = quantity;
        (_location, _scale) = (quantity.First, quantity.Second);
        if (quantity.Kind == QuantityKind.Uniform)
        {
            _scale = quantity.Second - quantity.First;
        }
        else if (quantity.Kind == QuantityKind.Lognormal)
        {
            var ratio = quantity.Second / quantity.First;
            var variance = SmallArguments.LogOnePlus(ratio * ratio);
            _location = ElementaryFunctions.Log(quantity.First) - (0.5 * variance);
            _scale = Math.Sqrt(variance);
        }
    }

    /// <summary>The value of an item, which draws again what is out of bounds.</summary>
    /// <param name="item">Its place in a list.</param>
    /// <param name="words">Its random words.</param>
    /// <exception cref="InvalidOperationException">Next to nothing is within bounds.</exception>
    public double Next(int item, ref RandomWords words)
    {
        switch (_quantity.Kind)
        {
            case QuantityKind.Constant:
                return _quantity.First;
            case QuantityKind.Listed:
                return _quantity.Values![item];
            default:
                for (var refused = 0; refused < MostRefused; refused++)
                {
                    if (Try(ref words) is var value && value >= _quantity.Min && value <= _quantity.Max)
                    {
                        return value;
                    }
                }

                throw new InvalidOperationException(FormattableString.Invariant(
                    $"No value within {_quantity.Min} and {_quantity.Max} was found in {MostRefused} draws."));
        }
    }

    /// <summary>Whether any of some thousand draws is within bounds.</summary>
    public bool IsPossible()
    {
        var words = new RandomWords(0);
        for (var i = 0; i < 10_000; i++)
        {
            if (Try(ref words) is var value && value >= _quantity.Min && value <= _quantity.Max)
            {
                return true;
            }
        }

        return false;
    }

    private double Try(ref RandomWords words) => _quantity.Kind switch
    {
        QuantityKind.Normal => _location + (_scale * words.NextNormal()),
        QuantityKind.Lognormal => ElementaryFunctions.Exp(Math.Clamp(_location + (_scale * words.NextNormal()), -700, 700)),
        _ => _location + (_scale * words.NextUniform()),
    };
}

namespace SparseProp.Engine.Networks.Description;

/// <summary>How the values of a <see cref="Quantity"/> are distributed.</summary>
public enum QuantityKind
{
    /// <summary>One value for all.</summary>
    Constant,

    /// <summary>Normal, with mean and standard deviation.</summary>
    Normal,

    /// <summary>Lognormal, with mean and standard deviation of the value itself.</summary>
    Lognormal,

    /// <summary>Uniform between two values.</summary>
    Uniform,

    /// <summary>One value for each neuron or synapse, from a file.</summary>
    Listed,
}

/// <summary>A quantity of neurons or synapses: one value, a distribution that each draws one from, or one value for each.</summary>
/// <param name="Kind">Which.</param>
/// <param name="First">The value, the mean, or the lower end.</param>
/// <param name="Second">The standard deviation or the upper end.</param>
/// <param name="Min">What is drawn below is drawn again.</param>
/// <param name="Max">What is drawn above is drawn again.</param>
public sealed record Quantity(
    QuantityKind Kind,
    double First,
    double Second = 0,
    double Min = double.NegativeInfinity,
    double Max = double.PositiveInfinity)
{
    /// <summary>The values of <see cref="QuantityKind.Listed"/>, in the order of neurons or of a file's synapses.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    public bool IsConstant => Kind == QuantityKind.Constant;

    /// <summary>The mean, without regard to what is drawn again.</summary>
    public double Mean => Kind switch
    {
        QuantityKind.Uniform => (First + Second) / 2,
        QuantityKind.Listed => Values is { Count: > 0 } values ? values.Average() : 0,
        _ => First,
    };

    /// <summary>The mean of the squares, without regard to what is drawn again.</summary>
    public double MeanSquare => Kind switch
    {
        QuantityKind.Uniform => ((First * First) + (First * Second) + (Second * Second)) / 3,
        QuantityKind.Listed => Values is { Count: > 0 } values ? values.Average(value => value * value) : 0,
        _ => (First * First) + (Second * Second),
    };

    public static Quantity Of(double value) => new(QuantityKind.Constant, value);
}

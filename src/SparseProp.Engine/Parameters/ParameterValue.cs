namespace SparseProp.Engine.Parameters;

/// <summary>
/// The value of one parameter in 64 bits: a whole number, a double, the place of a word, or a bit for each of some words. Which of them it
/// is knows the <see cref="Parameter"/>. Equal bits are equal values.
/// </summary>
/// <param name="Bits">The bits.</param>
public readonly record struct ParameterValue(long Bits)
{
    /// <summary>The value of a parameter that is no real number.</summary>
    public long Whole => Bits;

    /// <summary>The value of a parameter that is a real number.</summary>
    public double Real => BitConverter.Int64BitsToDouble(Bits);

    public bool IsZero => Bits == 0;

    public static ParameterValue Of(long value) => new(value);

    /// <summary>Negative zero becomes zero: as a parameter they are the same.</summary>
    public static ParameterValue Of(double value) => new(BitConverter.DoubleToInt64Bits(value + 0.0));
}

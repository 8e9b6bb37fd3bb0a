using System.Globalization;

namespace SparseProp.Sweeps.Axes;

/// <summary>
/// The value of one parameter: an integer of 64 bits (n, k, seeds, the number of a model or task) or a double. Which of them it is
/// knows the <see cref="Parameter"/>. Equal bits are equal values.
/// </summary>
internal readonly record struct ParameterValue(long Bits)
{
    public long Integer => Bits;

    public double Real => BitConverter.Int64BitsToDouble(Bits);

    public bool IsZero => Bits == 0;

    public static ParameterValue Of(long value) => new(value);

    /// <summary>Negative zero becomes zero: as a parameter they are the same.</summary>
    public static ParameterValue Of(double value) => new(BitConverter.DoubleToInt64Bits(value + 0.0));

    public string ToText(ParameterKind kind) => kind switch
    {
        ParameterKind.Real => Real.ToString("R", CultureInfo.InvariantCulture),
        ParameterKind.Model => Engine.EngineNames.Of((Engine.NeuronModel)Integer),
        ParameterKind.Task => Engine.EngineNames.Of((Engine.TrainingTask)Integer),
        _ => Integer.ToString(CultureInfo.InvariantCulture),
    };
}

using System.Globalization;

namespace SparseProp.Sweeps.Expressions;

/// <summary>A unit that may stand after a number.</summary>
/// <param name="Symbol">How it is written.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Power">What it is in s, Hz or mV, as a power of ten.</param>
internal sealed record Unit(string Symbol, Dimension Dimension, int Power)
{
    /// <summary>All of them, in the order in which they are documented.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        new("s", Dimension.OfTime, 0),
        new("ms", Dimension.OfTime, -3),
        new("us", Dimension.OfTime, -6),
        new("Hz", Dimension.OfRate, 0),
        new("kHz", Dimension.OfRate, 3),
        new("V", Dimension.OfVoltage, 3),
        new("mV", Dimension.OfVoltage, 0),
        new("uV", Dimension.OfVoltage, -3),
    ];

    private const char Micro = '\u00B5';
    private const char Mu = '\u03BC';

    /// <summary>The unit that is written so, where the micro sign is as good as a u.</summary>
    public static Unit? Find(string symbol)
    {
        var plain = symbol.Replace(Micro, 'u').Replace(Mu, 'u');
        return All.FirstOrDefault(unit => unit.Symbol == plain);
    }

    /// <summary>
    /// A number of this unit, in s, Hz or mV: the double that is nearest to what was written, so that 1.5 ms is the bits of 0.0015 s.
    /// </summary>
    public double ValueOf(string number)
    {
        var split = number.AsSpan().IndexOfAny('e', 'E');
        var exponent = 0;
        var isShifted = Power != 0 && (split < 0 || int.TryParse(number.AsSpan(split + 1), CultureInfo.InvariantCulture, out exponent));
        return double.Parse(
            isShifted ? string.Create(CultureInfo.InvariantCulture, $"{(split < 0 ? number : number[..split])}e{(long)exponent + Power}") : number,
            NumberStyles.Float,
            CultureInfo.InvariantCulture);
    }
}

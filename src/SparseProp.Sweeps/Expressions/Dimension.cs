using System.Globalization;

namespace SparseProp.Sweeps.Expressions;

/// <summary>What a quantity measures, as powers of time and voltage.</summary>
internal readonly record struct Dimension(double Time, double Voltage)
{
    public static Dimension None { get; }

    public static Dimension OfTime { get; } = new(1, 0);

    public static Dimension OfRate { get; } = new(-1, 0);

    public static Dimension OfVoltage { get; } = new(0, 1);

    /// <summary>The unit that values of it are kept in; empty for a number.</summary>
    public string Unit => this == OfRate ? "Hz" : string.Join("·", Factors());

    public static Dimension operator *(Dimension a, Dimension b) => new(a.Time + b.Time, a.Voltage + b.Voltage);

    public static Dimension operator /(Dimension a, Dimension b) => new(a.Time - b.Time, a.Voltage - b.Voltage);

    public Dimension Power(double exponent) => new(Time * exponent, Voltage * exponent);

    /// <summary>What it is, in words for a message.</summary>
    public override string ToString() =>
        this == None ? "a number"
        : this == OfTime ? "a time"
        : this == OfRate ? "a rate"
        : this == OfVoltage ? "a voltage"
        : $"a quantity in {Unit}";

    private IEnumerable<string> Factors()
    {
        if (Voltage != 0)
        {
            yield return Factor("mV", Voltage);
        }

        if (Time != 0)
        {
            yield return Factor("s", Time);
        }
    }

    private static string Factor(string unit, double power) =>
        power == 1 ? unit : string.Create(CultureInfo.InvariantCulture, $"{unit}^{power:0.###}");
}

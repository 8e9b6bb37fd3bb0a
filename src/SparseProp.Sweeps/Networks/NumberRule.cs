using System.Globalization;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Expressions;

namespace SparseProp.Sweeps.Networks;

/// <summary>What a number of a network may be.</summary>
/// <param name="Dimension">What it measures; null where that is what its expression does.</param>
/// <param name="Fault">What is wrong with a value, after its name; null where nothing is.</param>
internal sealed record NumberRule(Dimension? Dimension, Func<double, string?> Fault)
{
    /// <summary>A computed number of neurons is whole if it is off by rounding errors only.</summary>
    private const double WholeTolerance = 1e-9;

    /// <summary>Whether it counts something.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What is usual in the field; null where nothing is.</summary>
    public PlausibleRange? Plausible { get; init; }

    /// <summary>How it may be written, for messages.</summary>
    public string Example { get; init; } = "2";

    public static NumberRule Any { get; } = new(null, _ => null);

    public static NumberRule Number { get; } = new(Expressions.Dimension.None, _ => null);

    public static NumberRule Voltage { get; } = new(Expressions.Dimension.OfVoltage, _ => null) { Example = "10 mV" };

    public static NumberRule PositiveVoltage { get; } = Voltage with { Fault = value => value > 0 ? null : "must be above 0" };

    public static NumberRule Time { get; } = new(Expressions.Dimension.OfTime, value => value >= 0 ? null : "must be 0 or above")
    {
        Example = "2 ms",
    };

    public static NumberRule TimeConstant { get; } = Time with
    {
        Fault = value => value > 0 ? null : "must be above 0",
        Plausible = PlausibleRange.MembraneTime,
        Example = "20 ms",
    };

    public static NumberRule Refractoriness { get; } = Time with
    {
        Plausible = new PlausibleRange(0.00005, 0.1, "seconds", "refractory times are 0.05 ms to 100 ms", ("ms", 1e-3), ("µs", 1e-6)),
    };

    public static NumberRule Delay { get; } = Time with
    {
        Plausible = new PlausibleRange(0.000001, 0.5, "seconds", "delays are 0.001 ms to 500 ms", ("ms", 1e-3), ("µs", 1e-6)),
        Example = "1.5 ms",
    };

    public static NumberRule Rate { get; } = new(Expressions.Dimension.OfRate, value => value >= 0 ? null : "must be 0 or above")
    {
        Example = "8 Hz",
    };

    public static NumberRule AnyRate { get; } = Rate with { Fault = _ => null };

    public static NumberRule Share { get; } = new(
        Expressions.Dimension.None, value => value is >= 0 and <= 1 ? null : "must be within 0 and 1")
    {
        Example = "0.1",
    };

    public static NumberRule Size { get; } = new(
        Expressions.Dimension.None, value => value is >= 1 and <= int.MaxValue ? null : $"must be within 1 and {int.MaxValue}")
    {
        IsWhole = true,
        Example = "10000",
    };

    public static NumberRule Count { get; } = new(
        Expressions.Dimension.None, value => value is >= 0 and <= 1e15 ? null : "must be 0 or above, and at most 1e15")
    {
        IsWhole = true,
        Example = "100",
    };

    public static NumberRule Neuron { get; } = Count with { Fault = value => value is >= 0 and <= int.MaxValue ? null : "is no number of a neuron; they are counted from 0" };

    /// <summary>The nearest whole number where one is asked for.</summary>
    /// <returns>What is wrong with the value; null where nothing is.</returns>
    public string? Apply(ref double value)
    {
        if (IsWhole)
        {
            var whole = Math.Round(value, MidpointRounding.AwayFromZero);
            if (Math.Abs(value - whole) > WholeTolerance * Math.Abs(value))
            {
                return string.Create(CultureInfo.InvariantCulture, $"is {value:R}, which is no whole number; write round(…) if the nearest will do");
            }

            value = whole + 0.0;
        }

        return Fault(value) is { } fault ? string.Create(CultureInfo.InvariantCulture, $"is {value:R} and {fault}") : null;
    }
}

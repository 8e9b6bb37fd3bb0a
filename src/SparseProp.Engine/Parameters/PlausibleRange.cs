using System.Globalization;

namespace SparseProp.Engine.Parameters;

/// <summary>What is usual in the field, of a quantity that is often written in another unit.</summary>
/// <param name="Least">The least usual value above 0.</param>
/// <param name="Most">The largest.</param>
/// <param name="Unit">Its unit here.</param>
/// <param name="Usual">What it is, and what is usual, in words.</param>
/// <param name="Others">Units that it is often written in, and what one of them is in <paramref name="Unit"/>.</param>
public sealed record PlausibleRange(
    double Least, double Most, string Unit, string Usual, params IReadOnlyList<(string Unit, double Factor)> Others)
{
    /// <summary>A membrane's time constant.</summary>
    public static PlausibleRange MembraneTime { get; } = new(
        0.0005, 0.5, "seconds", "membrane time constants are 0.5 ms to 500 ms", ("ms", 1e-3), ("µs", 1e-6));

    /// <summary>A firing rate.</summary>
    public static PlausibleRange FiringRate { get; } = new(0.05, 500, "Hz", "firing rates are 0.05 Hz to 500 Hz", ("kHz", 1e3), ("mHz", 1e-3));

    /// <summary>A spike's sharpness in the exponential model.</summary>
    public static PlausibleRange SpikeSharpness { get; } = new(
        1e-3, 1, "the distance from reset to threshold", "sharpnesses are 0.001 to 1 of it", ("mV of 20 mV", 1.0 / 20));

    /// <summary>How long a network is simulated.</summary>
    public static PlausibleRange SimulatedTime { get; } = new(1e-3, 500, "seconds", "networks are simulated for 1 ms to 500 s", ("ms", 1e-3));

    /// <summary>What is doubtful about a value; null where it is usual. Zero is no slip.</summary>
    public string? DoubtAbout(string name, double value)
    {
        if (value == 0 || (Math.Abs(value) >= Least && Math.Abs(value) <= Most))
        {
            return null;
        }

        var meant = Others.FirstOrDefault(other => Math.Abs(value) * other.Factor >= Least && Math.Abs(value) * other.Factor <= Most);
        var hint = meant.Unit is null ? "" : $"; {Text(value)} {meant.Unit} is written {Text(value * meant.Factor)}";
        return $"{name} = {Text(value)} is in {Unit}, and {Usual}{hint}";
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

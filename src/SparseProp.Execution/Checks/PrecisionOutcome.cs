using System.Globalization;
using System.Text.Json.Serialization;

namespace SparseProp.Execution.Checks;

/// <summary>How well the mean of a group of replicates is known that gets no more of them, beside what <c>until</c> asks for.</summary>
/// <param name="Statistic">Whose mean it is.</param>
/// <param name="Point">The group's parameters, in words.</param>
/// <param name="Seeds">Replicates that were run.</param>
/// <param name="N">Those of them that have the statistic.</param>
/// <param name="Reached">Whether it is known as well as was asked for.</param>
/// <param name="Mean">The mean; null where no replicate has the statistic.</param>
/// <param name="HalfWidth">Half the width of its 95 % interval, in the statistic's unit; null below two values.</param>
/// <param name="Asked">The half width that was asked for, in the statistic's unit; null where it is a share of no mean.</param>
/// <param name="AskedShare">The half width that was asked for as a share of the mean; null where it was not a share.</param>
public sealed record PrecisionOutcome(
    string Statistic,
    string Point,
    int Seeds,
    int N,
    bool Reached,
    double? Mean = null,
    double? HalfWidth = null,
    double? Asked = null,
    double? AskedShare = null)
{
    /// <summary>What is claimed, and of which point.</summary>
    [JsonIgnore]
    public string Claim => $"{Statistic} is known to {AskedText} ({Point})";

    /// <summary>The half width that was asked for, in words.</summary>
    [JsonIgnore]
    public string AskedText => AskedShare is { } share ? Share(share) : Amount(Asked ?? double.NaN);

    /// <summary>What was reached, in words: <c>±0.83 % after 12</c>, <c>not reached: ±1.4 % after 64</c>, <c>all 10 equal</c>.</summary>
    public string Describe() => (Reached ? "" : "not reached: ") + HalfWidth switch
    {
        null when N == 0 => FormattableString.Invariant($"no value in {Seeds}"),
        null => FormattableString.Invariant($"{N} value in {Seeds}"),
        0 => FormattableString.Invariant($"all {N} equal"),
        { } width when AskedShare is not null && Mean is { } mean && mean != 0 => $"{Share(width / Math.Abs(mean))} after {Seeds}",
        { } width => $"{Amount(width)} after {Seeds}",
    };

    public override string ToString() => $"{Describe()} seeds, asked {AskedText}: {Statistic} at {Point}";

    private static string Share(double share) => FormattableString.Invariant($"±{Rounded(100 * share)} %");

    private static string Amount(double amount) => FormattableString.Invariant($"±{Rounded(amount)}");

    // Two digits, without an exponent where that is readable.
    private static string Rounded(double value)
    {
        var two = double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return two.ToString(Math.Abs(two) is >= 1e-4 and < 1e5 ? "0.######" : "G2", CultureInfo.InvariantCulture);
    }
}

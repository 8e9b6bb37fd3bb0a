using System.Globalization;

namespace SparseProp.Benchmarks.Statistics;

/// <summary>How often something came out in simulated cases, and how often it may or must.</summary>
/// <param name="Part">The method that is tried.</param>
/// <param name="Scenario">What is simulated, and what is counted.</param>
/// <param name="Percent">How often it came out.</param>
/// <param name="Least">How often it must, in percent.</param>
/// <param name="Most">How often it may.</param>
internal sealed record Bound(string Part, string Scenario, double Percent, double Least = 0, double Most = 100)
{
    public bool IsMet => Percent >= Least && Percent <= Most;

    /// <summary>A row of a table in Markdown.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Part} | {Scenario} | {Percent:0.0#} | {Range}{(IsMet ? "" : " **missed**")} |");

    private string Range => (Least > 0, Most < 100) switch
    {
        (true, true) => FormattableString.Invariant($"{Least:0.#} to {Most:0.#}"),
        (true, false) => FormattableString.Invariant($"≥ {Least:0.#}"),
        _ => FormattableString.Invariant($"≤ {Most:0.#}"),
    };
}

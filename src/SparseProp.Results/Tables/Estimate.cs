using SparseProp.Engine.Statistics;
using SparseProp.Results.Plots;
using SparseProp.Results.Records;

namespace SparseProp.Results.Tables;

/// <summary>A mean over replicates.</summary>
/// <param name="Mean">Arithmetic mean; NaN over nothing.</param>
/// <param name="StandardError">Standard error of the mean from the sample's deviation; NaN below two values.</param>
/// <param name="Count">Number of values.</param>
public readonly record struct Estimate(double Mean, double StandardError, int Count)
{
    // A spread that is smaller by this factor than the mean comes from arithmetic.
    private const double Rounding = 1e-12;

    /// <summary>How many of the values stand on too little, see <see cref="RecordColumn.IsOnTooLittle"/>.</summary>
    public int Few { get; init; }

    /// <summary>
    /// Half the width of the 95 % confidence interval of the mean, by Student's t; NaN below two values. Such intervals of two, three, five
    /// and ten values hold the true mean of a Gaussian equally often; one standard error does so in 49, 57, 62 and 66 cases of a hundred.
    /// </summary>
    public double HalfWidth => Count < 2 ? double.NaN : Math.Max(LeastHalfWidth, StandardError * StudentQuantile.Of(Count - 1));

    /// <summary>
    /// What <see cref="HalfWidth"/> is at least: where seeds were added until it was reached, narrower intervals are narrow by chance.
    /// </summary>
    public double LeastHalfWidth { get; init; }

    /// <summary>Whether there are several values, and all are the same but for rounding.</summary>
    public bool AreEqual => Count > 1 && StandardError * Math.Sqrt(Count) <= Rounding * Math.Abs(Mean);

    /// <summary>
    /// As papers write it: mean and <see cref="HalfWidth"/> to two digits of the latter. Of one value the mean alone, of equal ones their
    /// number, of none a dash. Where not every replicate has a value, their number too.
    /// </summary>
    /// <param name="replicates">Replicates that might have a value.</param>
    public string ToText(int replicates) => this switch
    {
        { Count: 0 } => "–",
        { AreEqual: true } => $"{NumberText.Rounded(Mean)} ({(Count < replicates ? $"{Count} of {replicates}, equal" : $"all {Count} equal")})",
        _ => (Count == 1 ? NumberText.Rounded(Mean) : NumberText.WithError(Mean, HalfWidth)) + (Count < replicates ? $" ({Count} of {replicates})" : ""),
    };

    /// <summary>As above, where every replicate has a value.</summary>
    public string ToText() => ToText(Count);
}

/// <summary>Gathers values one by one into an <see cref="Estimate"/> (Welford's recurrence).</summary>
public sealed class EstimateBuilder
{
    private int _count;
    private int _few;
    private double _mean;
    private double _squares;

    /// <param name="value">A finite number.</param>
    /// <param name="isFew">Whether it stands on too little.</param>
    public void Add(double value, bool isFew = false)
    {
        _count++;
        _few += isFew ? 1 : 0;
        var deviation = value - _mean;
        _mean += deviation / _count;
        _squares += deviation * (value - _mean);
    }

    public Estimate Build() => new(
        _count == 0 ? double.NaN : _mean,
        _count < 2 ? double.NaN : Math.Sqrt(_squares / (_count - 1) / _count),
        _count)
    {
        Few = _few,
    };
}

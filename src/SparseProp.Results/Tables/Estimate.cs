using SparseProp.Results.Plots;

namespace SparseProp.Results.Tables;

/// <summary>A mean over replicates.</summary>
/// <param name="Mean">Arithmetic mean; NaN over nothing.</param>
/// <param name="StandardError">Standard error of the mean from the sample's deviation; NaN below two values.</param>
/// <param name="Count">Number of values.</param>
public readonly record struct Estimate(double Mean, double StandardError, int Count)
{
    /// <summary>As papers write it: mean and standard error to two digits of the latter, the mean alone over one value, a dash over none.</summary>
    public string ToText() => Count switch
    {
        0 => "–",
        1 => NumberText.Rounded(Mean),
        _ => NumberText.WithError(Mean, StandardError),
    };
}

/// <summary>Gathers values one by one into an <see cref="Estimate"/> (Welford's recurrence).</summary>
public sealed class EstimateBuilder
{
    private int _count;
    private double _mean;
    private double _squares;

    public void Add(double value)
    {
        _count++;
        var deviation = value - _mean;
        _mean += deviation / _count;
        _squares += deviation * (value - _mean);
    }

    public Estimate Build() => new(
        _count == 0 ? double.NaN : _mean,
        _count < 2 ? double.NaN : Math.Sqrt(_squares / (_count - 1) / _count),
        _count);
}

namespace SparseProp.Engine.Statistics;

/// <summary>Mean and variance of numbers that come one at a time (Welford 1962).</summary>
internal struct Moments
{
    private double _squares;

    public long Count { get; private set; }

    /// <summary>0 before the first number.</summary>
    public double Mean { get; private set; }

    /// <summary>Sample variance; NaN below two numbers.</summary>
    public readonly double Variance => Count < 2 ? double.NaN : _squares / (Count - 1);

    public void Add(double value)
    {
        Count++;
        var deviation = value - Mean;
        Mean += deviation / Count;
        _squares += deviation * (value - Mean);
    }

    /// <summary>The mean; null of nothing.</summary>
    public readonly double? MeanOrNull => Count == 0 ? null : Mean;

    /// <summary>The sample standard deviation; null below two numbers.</summary>
    public readonly double? DeviationOrNull => Count < 2 ? null : Math.Sqrt(Variance);
}

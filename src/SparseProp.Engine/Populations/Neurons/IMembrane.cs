namespace SparseProp.Engine.Populations.Neurons;

/// <summary>The equation of a neuron between inputs, with time in units of its time constant.</summary>
internal interface IMembrane
{
    /// <summary>
    /// V after <paramref name="time"/> ≥ 0, which is not beyond the time to threshold but for rounding; +∞ where rounding is.
    /// </summary>
    double After(double v, double time, double drive);

    /// <summary>The time in which V rises from below <paramref name="threshold"/> to it; +∞ where it never does.</summary>
    double TimeTo(double v, double threshold, double drive);

    /// <summary>What <see cref="TimeTo"/> is not below, where that is cheaper to know; +∞ where it never spikes.</summary>
    double TimeAtLeast(double v, double threshold, double drive) => TimeTo(v, threshold, drive);
}

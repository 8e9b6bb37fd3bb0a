namespace SparseProp.Engine;

/// <summary>What a <see cref="RunLength"/> counts.</summary>
public enum RunUnit
{
    /// <summary>Spikes of the whole network.</summary>
    Spikes,

    /// <summary>Spikes of the whole network divided by the number of neurons.</summary>
    SpikesPerNeuron,

    /// <summary>Simulated time in seconds.</summary>
    Seconds,
}

/// <summary>How long a burn-in or a measurement lasts, in spikes or in simulated time.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Amount">How much of it; not negative, finite.</param>
public readonly record struct RunLength(RunUnit Unit, double Amount)
{
    /// <summary>No burn-in.</summary>
    public static RunLength None { get; } = new(RunUnit.Spikes, 0);

    public static RunLength Spikes(long count) => new(RunUnit.Spikes, count);

    public static RunLength SpikesPerNeuron(double count) => new(RunUnit.SpikesPerNeuron, count);

    public static RunLength Seconds(double seconds) => new(RunUnit.Seconds, seconds);

    /// <summary>The limit in network spikes, rounded up; <see cref="long.MaxValue"/> where time limits.</summary>
    public long SpikeLimit(int n) => Unit switch
    {
        RunUnit.Spikes => (long)Math.Ceiling(Amount),
        RunUnit.SpikesPerNeuron => (long)Math.Ceiling(Amount * n),
        _ => long.MaxValue,
    };

    /// <summary>The limit in simulated seconds; infinite where spikes limit.</summary>
    public double SecondsLimit => Unit == RunUnit.Seconds ? Amount : double.PositiveInfinity;
}

namespace SparseProp.Results.Comparisons;

/// <summary>How far one spike train is from another, spike by spike: the first with the first, the second with the second.</summary>
public sealed class SpikeComparison
{
    private readonly SpikeTrain _reference;
    private readonly SpikeTrain _compared;

    /// <exception cref="ArgumentException">The trains differ in length.</exception>
    public SpikeComparison(SpikeTrain reference, SpikeTrain compared)
    {
        Spikes = reference.Seconds.Count;
        if (compared.Seconds.Count != Spikes)
        {
            throw new ArgumentException($"{compared.Seconds.Count} spikes cannot be compared one by one with {Spikes}");
        }

        (_reference, _compared) = (reference, compared);
        for (var i = 0; i < Spikes; i++)
        {
            var error = ErrorSeconds(i);
            MaxErrorSeconds = Math.Max(MaxErrorSeconds, error);
            if (error != 0)
            {
                FirstTimeDifference ??= i + 1;
                TimeDifferences++;
            }

            if (IndexDifference(i) != 0)
            {
                FirstIndexDifference ??= i + 1;
                IndexDifferences++;
            }
        }
    }

    /// <summary>Spikes in each train.</summary>
    public int Spikes { get; }

    /// <summary>Largest difference of two spike times.</summary>
    public double MaxErrorSeconds { get; }

    /// <summary>Spikes whose times differ in any bit.</summary>
    public int TimeDifferences { get; }

    /// <summary>Number (from 1) of the first of them.</summary>
    public int? FirstTimeDifference { get; }

    /// <summary>Spikes that are different neurons'.</summary>
    public int IndexDifferences { get; }

    /// <summary>Number (from 1) of the first of them.</summary>
    public int? FirstIndexDifference { get; }

    /// <summary>Difference of the times of spike <paramref name="i"/> (from 0), not negative; in seconds.</summary>
    public double ErrorSeconds(int i) => Math.Abs(_compared.Seconds[i] - _reference.Seconds[i]);

    /// <summary>By how much the neuron's number is larger than the reference's at spike <paramref name="i"/> (from 0).</summary>
    public int IndexDifference(int i) => _compared.Neurons[i] - _reference.Neurons[i];
}

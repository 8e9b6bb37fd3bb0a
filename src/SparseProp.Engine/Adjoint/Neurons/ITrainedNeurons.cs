namespace SparseProp.Engine.Adjoint.Neurons;

/// <summary>
/// Neurons that each have a drive of their own, by keys: a key rises with the time at which the neuron spikes if nothing reaches it, and
/// without input it stays as it is. Moments are keys, too: that of a neuron which spikes then.
/// </summary>
internal interface ITrainedNeurons
{
    /// <summary>Whether nothing jumps where an input and its target's spike change places.</summary>
    static abstract bool SwapsSmoothly { get; }

    /// <summary>The moment from which keys are <see cref="Rebased"/>, or they would lose digits.</summary>
    double RebaseFrom { get; }

    /// <summary>What rebasing takes from every time, in τ.</summary>
    double RebaseLength { get; }

    double Rebased(double key);

    /// <summary>Time in τ of a moment.</summary>
    double TimeOf(double moment);

    /// <summary>The moment at a time in τ.</summary>
    double MomentOf(double time);

    /// <summary>The moment behind the instant that begins: who is due before it spikes at that instant.</summary>
    double EndOfInstant(double now);

    /// <summary>The key of a neuron that spikes <paramref name="theta"/> τ after <paramref name="now"/>.</summary>
    double KeyAfter(double now, double theta);

    /// <summary>The time in τ that a neuron has left.</summary>
    double TimeLeft(double key, double now);

    /// <summary>Time in τ from reset to threshold without input.</summary>
    double Period(int neuron);

    /// <summary>Derivative of <see cref="Period"/> by the neuron's drive.</summary>
    double PeriodByDrive(int neuron);

    /// <summary>The key that a neuron has after its own spike.</summary>
    double Reset(double now, int neuron);

    /// <summary>The key that an input of some weight makes of a key, not before <paramref name="now"/>.</summary>
    /// <param name="key">The key, not before <paramref name="now"/>.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="now">The moment of the input.</param>
    /// <param name="neuron">Whose key.</param>
    /// <param name="note">What <see cref="SlopesOf"/> needs to know; NaN where the input makes the neuron spike at once.</param>
    double Receive(double key, double weight, double now, int neuron, out double note);

    /// <param name="note">As <see cref="Receive"/> noted, but not NaN.</param>
    /// <param name="weight">The same weight.</param>
    /// <param name="neuron">The same neuron.</param>
    Slopes SlopesOf(double note, double weight, int neuron);
}

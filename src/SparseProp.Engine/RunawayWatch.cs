namespace SparseProp.Engine;

/// <summary>
/// Notices that exponential neurons excite each other without end. Their spike is an infinite V, which strong excitation brings as near as
/// one likes: a neuron that is reset is back within 1e-9 τ, and only the length of an instant bounds the rate.
/// </summary>
/// <remarks>
/// What is counted is not part of snapshots: a run that goes on from one may notice somewhat later what lasts anyway.
/// </remarks>
internal sealed class RunawayWatch
{
    // Far from what a neuron does that reaches threshold by its drive, and from bursts of a whole network.
    private const int SpikesPerNeuron = 100;
    private const double LeastInterval = 1e-3;

    private readonly long _spikes;
    private readonly double _leastSeconds;
    private long _counted;
    private double _began = double.NaN;

    private RunawayWatch(SimulationParameters p)
    {
        _spikes = (long)p.N * SpikesPerNeuron;

        // Between spikes of its own a neuron needs about 1/I τ, where the drive I is large.
        var drive = p.Tau * Math.Sqrt(p.K) * Math.Abs(p.J0) * p.Rate;
        _leastSeconds = SpikesPerNeuron * LeastInterval * p.Tau / Math.Max(1, drive);
    }

    /// <summary>For networks that can run away; null for others, of which each neuron needs some time between two spikes.</summary>
    public static RunawayWatch? For(SimulationParameters p) =>
        p.Network is null && p.ExcitatoryNeurons > 0 && p.Model is NeuronModel.Eif or NeuronModel.EifChebyshev ? new RunawayWatch(p) : null;

    /// <summary>Counts spikes that have happened.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seconds">When the last of them was, from the initial condition.</param>
    /// <exception cref="RunawayNetworkException">There were too many in too short a time.</exception>
    public void Add(long count, double seconds)
    {
        if (double.IsNaN(_began))
        {
            _began = seconds;
            return;
        }

        _counted += count;
        if (_counted < _spikes)
        {
            return;
        }

        if (seconds - _began < _leastSeconds)
        {
            throw RunawayNetworkException.At(seconds, _counted * SpikesPerNeuron / (_spikes * Math.Max(seconds - _began, double.Epsilon)));
        }

        (_counted, _began) = (0, seconds);
    }
}

namespace SparseProp.Engine;

/// <summary>One neuron's spike; 16 bytes, the neuron first.</summary>
public readonly struct Spike
{
    private readonly long _neuron;

    /// <summary>The spike of a neuron, counted from 0, at a time in seconds.</summary>
    public Spike(int neuron, double seconds)
    {
        _neuron = neuron;
        Seconds = seconds;
    }

    /// <summary>Counted from 0.</summary>
    public int Neuron => (int)_neuron;

    /// <summary>Counted from the initial condition, burn-in included.</summary>
    public double Seconds { get; }
}

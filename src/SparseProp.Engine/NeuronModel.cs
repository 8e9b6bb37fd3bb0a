namespace SparseProp.Engine;

/// <summary>The seven published neuron models (reference: SparseProp, Engelken, NeurIPS 2023, and its scripts).</summary>
public enum NeuronModel
{
    /// <summary>Leaky integrate-and-fire in the published phase representation.</summary>
    Lif,

    /// <summary>Quadratic integrate-and-fire (theta neuron) by phase.</summary>
    Qif,

    /// <summary>Quadratic integrate-and-fire by next spike time.</summary>
    QifTime,

    /// <summary>Quadratic integrate-and-fire with a drive that differs between neurons.</summary>
    QifInhomogeneous,

    /// <summary>Exponential integrate-and-fire by lookup table.</summary>
    Eif,

    /// <summary>Exponential integrate-and-fire by Chebyshev approximation.</summary>
    EifChebyshev,

    /// <summary>Leaky integrate-and-fire by lookup table, for comparison with the formula.</summary>
    LifLookup,
}

/// <summary>How a network's targets are drawn.</summary>
public enum Topology
{
    /// <summary>Counter-based generator keyed by (seed_net, neuron): realisations of different seeds are independent.</summary>
    Independent,

    /// <summary>The published scripts' generators, bit for bit. Networks of neighbouring seeds are nearly the same network.</summary>
    Published,
}

/// <summary>Which event loop runs the network; both give the same spikes.</summary>
public enum EventLoop
{
    /// <summary>Scans for the neurons that can fire in a short window and keeps only those in a queue.</summary>
    Window,

    /// <summary>The published algorithm: all neurons in one heap, every target re-heaped.</summary>
    Heap,
}

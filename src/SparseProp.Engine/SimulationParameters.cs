namespace SparseProp.Engine;

/// <summary>Everything that determines a simulation's spikes: the network, its seeds, the event loop and how long it runs.</summary>
public sealed record SimulationParameters
{
    public NeuronModel Model { get; init; } = NeuronModel.Lif;

    /// <summary>Number of neurons, n ≥ 2.</summary>
    public required int N { get; init; }

    /// <summary>Targets of each neuron, 1 ≤ k &lt; n; the in-degree is k on average.</summary>
    public required int K { get; init; }

    /// <summary>Coupling j0 (dimensionless); each synapse has strength j0/√k, positive is inhibitory.</summary>
    public double J0 { get; init; } = 1;

    /// <summary>The published scripts' <c>ratewnt</c> in Hz: the rate for which the drive is balanced as k grows.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>Membrane time constant in seconds.</summary>
    public double Tau { get; init; } = 0.01;

    /// <summary>Relative amplitude of the inhomogeneous drive (only <see cref="NeuronModel.QifInhomogeneous"/>), above −1.</summary>
    public double Eta { get; init; }

    /// <summary>Spike sharpness ΔV of the exponential integrate-and-fire models, positive.</summary>
    public double DeltaV { get; init; } = 0.1;

    /// <summary>
    /// Points of the published Chebyshev approximation (only <see cref="NeuronModel.EifChebyshev"/>; the script takes 20). 0: the
    /// approximation is made as accurate as that of <see cref="NeuronModel.Eif"/>.
    /// </summary>
    public int ChebyshevOrder { get; init; }

    /// <summary>Seed of the initial condition.</summary>
    public long SeedIc { get; init; } = 1;

    /// <summary>Seed of the network.</summary>
    public long SeedNet { get; init; } = 1;

    public Topology Topology { get; init; } = Topology.Independent;

    public EventLoop Loop { get; init; } = EventLoop.Window;

    /// <summary>How long the measurement lasts, counted from the end of the burn-in.</summary>
    public required RunLength Stop { get; init; }

    /// <summary>What is simulated before the measurement and left out of every statistic.</summary>
    public RunLength BurnIn { get; init; } = RunLength.None;

    /// <summary>Whether <paramref name="model"/> reads <see cref="Eta"/>.</summary>
    public static bool UsesEta(NeuronModel model) => model == NeuronModel.QifInhomogeneous;

    /// <summary>Whether <paramref name="model"/> reads <see cref="DeltaV"/>.</summary>
    public static bool UsesDeltaV(NeuronModel model) => model is NeuronModel.Eif or NeuronModel.EifChebyshev;
}

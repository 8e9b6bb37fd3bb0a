namespace SparseProp.Engine;

/// <summary>Everything that determines a simulation's spikes: the network, its seeds, the event loop and how long it runs.</summary>
public sealed record SimulationParameters
{
    public NeuronModel Model { get; init; } = NeuronModel.Lif;

    /// <summary>Number of neurons, n ≥ 2.</summary>
    public required int N { get; init; }

    /// <summary>Targets of each neuron, 0 ≤ k &lt; n; the in-degree is k on average. Drive grows with √k: without targets it is 0.</summary>
    public required int K { get; init; }

    /// <summary>
    /// Coupling j0 (dimensionless): synapses have strength |j0|/√k. Positive: neurons inhibit each other, except for the
    /// <see cref="ExcitatoryFraction"/>. Negative: all excite each other.
    /// </summary>
    public double J0 { get; init; } = 1;

    /// <summary>
    /// The share f of neurons, from 0 to 1, whose synapses excite: the first f·n, rounded to the nearest whole number, halves up.
    /// 0 where <see cref="J0"/> is negative.
    /// </summary>
    public double ExcitatoryFraction { get; init; }

    /// <summary>How many times as strong as an excitatory synapse an inhibitory one is, g ≥ 0: its strength is g·j0/√k.</summary>
    public double G { get; init; } = 1;

    /// <summary>
    /// The published scripts' <c>ratewnt</c> in Hz: the rate for which the drive is balanced as k grows. With excitation, the drive
    /// stays the same, and the balanced rate is that divided by (1 − f)g − f.
    /// </summary>
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

    /// <summary>What is measured beside the spikes' digest and the rate.</summary>
    public StatisticKinds Record { get; init; } = StatisticKinds.Cv;

    /// <summary>How many of the largest Lyapunov exponents are measured, from 0 to n; beyond the first, costs grow with their number.</summary>
    public int LyapunovExponents { get; init; }

    /// <summary>
    /// What the network is to learn; null where it is simulated as it is. Where it learns, the seed of the network and that of the
    /// initial condition are what they are in a simulation, <see cref="Stop"/> is the length of a trial, in seconds, and there is
    /// neither burn-in nor statistics.
    /// </summary>
    public TrainingParameters? Training { get; init; }

    /// <summary>Drive I = τ√k·|j0|·rate (dimensionless), the same for all neurons but those of an inhomogeneous model.</summary>
    internal double Drive => Tau * Math.Sqrt(K) * Math.Abs(J0) * Rate;

    /// <summary>By how much an inhibitory input lowers V.</summary>
    internal double Inhibition => K == 0 ? 0 : G * Math.Abs(J0) / Math.Sqrt(K);

    /// <summary>By how much an excitatory input raises V.</summary>
    internal double Excitation => K == 0 ? 0 : Math.Abs(J0) / Math.Sqrt(K);

    /// <summary>How many neurons excite their targets: those with the lowest numbers.</summary>
    internal int ExcitatoryNeurons => J0 < 0 ? N : (int)Math.Round(ExcitatoryFraction * N, MidpointRounding.AwayFromZero);

    /// <summary>Whether no neuron spikes at all: without drive, only the exponential models' own current reaches the threshold.</summary>
    internal bool IsSilent => Drive == 0 && !UsesDeltaV(Model);

    /// <summary>Whether <paramref name="model"/> reads <see cref="Eta"/>.</summary>
    public static bool UsesEta(NeuronModel model) => model == NeuronModel.QifInhomogeneous;

    /// <summary>Whether <paramref name="model"/> reads <see cref="DeltaV"/>.</summary>
    public static bool UsesDeltaV(NeuronModel model) => model is NeuronModel.Eif or NeuronModel.EifChebyshev;

    /// <summary>Whether <paramref name="model"/> reads <see cref="ChebyshevOrder"/>.</summary>
    public static bool UsesChebyshevOrder(NeuronModel model) => model == NeuronModel.EifChebyshev;
}

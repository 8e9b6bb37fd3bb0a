using SparseProp.Engine.Networks;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Adjoint;

/// <summary>
/// A network whose every weight and drive is a number of its own: τ dV/dt = F(V) + I_i of neuron i, which a spike of source j moves by the
/// weight of each synapse from j to i. Arrays are the caller's and must not change while a run of the network is in use.
/// </summary>
/// <remarks>Models and their units are those of simulations; reset is at V = −1 and threshold at 0 (lif), −∞ and ∞ (qif), −1 and ∞ (eif).</remarks>
public sealed record TrainableNetwork
{
    /// <summary><see cref="NeuronModel.Lif"/>, <see cref="NeuronModel.Qif"/> or <see cref="NeuronModel.Eif"/>.</summary>
    public required NeuronModel Model { get; init; }

    /// <summary>Number of neurons, from 1.</summary>
    public required int Neurons { get; init; }

    /// <summary>Membrane time constant τ in s.</summary>
    public required double Tau { get; init; }

    /// <summary>Sharpness ΔV of the spike's begin, in units of V; read by eif only.</summary>
    public double DeltaV { get; init; } = 0.1;

    /// <summary>Constant drive I of each neuron, in units of V: above 0, for eif from 0.</summary>
    public required double[] Drive { get; init; }

    /// <summary>Synapses between the neurons.</summary>
    public required Synapses Recurrent { get; init; }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; init; }

    /// <summary>Synapses from the inputs.</summary>
    public Synapses Input { get; init; } = Synapses.None(0);

    /// <summary>The random network of a simulation with these parameters and topology <c>independent</c>.</summary>
    /// <param name="model">One of the models above.</param>
    /// <param name="n">Number of neurons, from 2.</param>
    /// <param name="k">Out-degree, below <paramref name="n"/>.</param>
    /// <param name="j0">Coupling: all weights are −j0/√k.</param>
    /// <param name="rate">Target rate in Hz: the drive is τ·√k·|j0|·rate.</param>
    /// <param name="tau">Membrane time constant in s.</param>
    /// <param name="seedNet">Who is connected to whom.</param>
    /// <param name="deltaV">ΔV of eif.</param>
    public static TrainableNetwork Random(
        NeuronModel model, int n, int k, double j0, double rate, double tau, long seedNet, double deltaV = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, n);
        if ((long)n * k > Array.MaxLength)
        {
            throw new ArgumentException($"{n} neurons of {k} targets have more synapses than can be trained, {Array.MaxLength} at most");
        }

        var weights = new double[(long)n * k];
        Array.Fill(weights, k == 0 ? 0 : -j0 / Math.Sqrt(k));
        var drive = new double[n];
        Array.Fill(drive, tau * Math.Sqrt(k) * Math.Abs(j0) * rate);
        return new TrainableNetwork
        {
            Model = model,
            Neurons = n,
            Tau = tau,
            DeltaV = deltaV,
            Drive = drive,
            Recurrent = new Synapses(Rows(n, k), TargetsOf(n, k, seedNet), weights),
        };
    }

    /// <summary>The same network with inputs that reach random neurons, in place of the inputs that it has.</summary>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="kIn">How many distinct neurons each reaches.</param>
    /// <param name="weight">The weight of all their synapses.</param>
    /// <param name="seed">Which neurons.</param>
    public TrainableNetwork WithInputs(int inputs, int kIn, double weight, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        ArgumentOutOfRangeException.ThrowIfNegative(kIn);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(kIn, Neurons);
        if ((long)inputs * kIn > Array.MaxLength)
        {
            throw new ArgumentException($"{inputs} inputs of {kIn} targets have more synapses than can be trained, {Array.MaxLength} at most");
        }

        var targets = new int[(long)inputs * kIn];
        unsafe
        {
            fixed (int* first = targets)
            {
                for (var input = 0; input < inputs && kIn > 0; input++)
                {
                    // Drawn as the targets of a neuron behind the last one, which may be any of the others.
                    using var source = new IndependentTargets(Neurons + 1, kIn, (long)SplitMix64.Mix((ulong)seed + ((ulong)input * SplitMix64.Gamma)));
                    source.Draw(Neurons, first + ((long)input * kIn));
                }
            }
        }

        var weights = new double[targets.Length];
        Array.Fill(weights, weight);
        return this with { Inputs = inputs, Input = new Synapses(Rows(inputs, kIn), targets, weights) };
    }

    /// <summary>What is wrong with it, in words for the user; empty where nothing is.</summary>
    public IReadOnlyList<string> Errors()
    {
        List<string> errors = [];
        if (Model is not (NeuronModel.Lif or NeuronModel.Qif or NeuronModel.Eif))
        {
            errors.Add($"model {(Enum.IsDefined(Model) ? EngineNames.Of(Model) : Model.ToString())} cannot be trained; lif, qif and eif can");
        }

        if (Neurons < 1 || !(Tau > 0 && double.IsFinite(Tau)) || !(DeltaV > 0 && double.IsFinite(DeltaV)))
        {
            errors.Add("a network has 1 neuron or more, and tau and delta_v above 0");
            return errors;
        }

        var least = Model == NeuronModel.Eif ? 0 : double.Epsilon;
        if (Drive is null || Drive.Length != Neurons || Drive.Any(drive => !(drive >= least && double.IsFinite(drive))))
        {
            errors.Add($"every neuron has one drive, {(least == 0 ? "from" : "above")} 0");
        }

        if (Recurrent is null || Input is null || Inputs < 0)
        {
            errors.Add("a network has synapses and inputs, if only none of them: Synapses.None, 0");
            return errors;
        }

        errors.AddRange(Recurrent.Errors("synapses", Neurons, Neurons, areOwn: true));
        errors.AddRange(Input.Errors("synapses of inputs", Inputs, Neurons, areOwn: false));
        return errors;
    }

    private static int[] Rows(int sources, int each) => [.. Enumerable.Range(0, sources + 1).Select(source => source * each)];

    private static unsafe int[] TargetsOf(int n, int k, long seedNet)
    {
        var targets = new int[(long)n * k];
        using var source = new IndependentTargets(n, k, seedNet);
        fixed (int* first = targets)
        {
            for (var neuron = 0; neuron < n && k > 0; neuron++)
            {
                source.Draw(neuron, first + ((long)neuron * k));
            }
        }

        return targets;
    }
}

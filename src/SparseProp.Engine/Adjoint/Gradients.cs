namespace SparseProp.Engine.Adjoint;

/// <summary>Derivatives of a loss by all parameters of a network, each in the order of the parameters themselves.</summary>
/// <param name="Recurrent">By the weights of <see cref="TrainableNetwork.Recurrent"/>.</param>
/// <param name="Input">By the weights of <see cref="TrainableNetwork.Input"/>.</param>
/// <param name="Drive">By the drive of each neuron.</param>
/// <param name="InitialPhases">By the phase of each neuron at the begin.</param>
public sealed record Gradients(double[] Recurrent, double[] Input, double[] Drive, double[] InitialPhases)
{
    /// <summary>Zeros for a network's parameters.</summary>
    public static Gradients ZerosFor(TrainableNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new Gradients(
            new double[network.Recurrent.Weights.Length],
            new double[network.Input.Weights.Length],
            new double[network.Neurons],
            new double[network.Neurons]);
    }

    public void Clear()
    {
        Array.Clear(Recurrent);
        Array.Clear(Input);
        Array.Clear(Drive);
        Array.Clear(InitialPhases);
    }

    /// <exception cref="ArgumentException">They are not of the network's form.</exception>
    internal void RequireFormOf(TrainableNetwork network)
    {
        Require(Recurrent, network.Recurrent.Weights.Length, nameof(Recurrent));
        Require(Input, network.Input.Weights.Length, nameof(Input));
        Require(Drive, network.Neurons, nameof(Drive));
        Require(InitialPhases, network.Neurons, nameof(InitialPhases));
    }

    private static void Require(double[]? derivatives, int count, string name)
    {
        if (derivatives?.Length != count)
        {
            throw new ArgumentException($"{name} has {derivatives?.Length ?? 0} derivatives, but the network has {count} such parameters.", name);
        }
    }
}

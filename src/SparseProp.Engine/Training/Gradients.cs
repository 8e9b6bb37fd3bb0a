namespace SparseProp.Engine.Training;

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
}

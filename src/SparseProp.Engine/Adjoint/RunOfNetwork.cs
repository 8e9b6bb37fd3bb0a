using SparseProp.Engine.Adjoint.Neurons;
using SparseProp.Engine.Adjoint.Pending;

namespace SparseProp.Engine.Adjoint;

/// <summary>What a run is determined by, and how it is recorded.</summary>
/// <param name="Network">The network.</param>
/// <param name="InitialPhases">Each neuron's phase.</param>
/// <param name="Input">Spikes from outside.</param>
/// <param name="InputTimes">Their times in τ, of those before the end.</param>
/// <param name="Length">Length in τ.</param>
/// <param name="Options">How it is recorded.</param>
internal sealed record RunOfNetwork(
    TrainableNetwork Network, double[] InitialPhases, InputSpikes Input, double[] InputTimes, double Length, TapeOptions Options)
{
    public ITrainedLoop CreateLoop() => Network.Model switch
    {
        NeuronModel.Lif => Create(new LifNeurons(Network.Drive)),
        NeuronModel.Qif => Create(new QifNeurons(Network.Drive)),
        NeuronModel.Eif => Create(new EifNeurons(Network.Drive, Network.DeltaV)),
        _ => throw new InvalidOperationException($"{Network.Model} cannot be trained."),
    };

    private ITrainedLoop Create<TNeurons>(TNeurons neurons)
        where TNeurons : struct, ITrainedNeurons => Options.EventLoop switch
        {
            EventLoop.Heap => new TrainedLoop<TNeurons, HeapPending>(this, neurons, () => new HeapPending(Network.Neurons)),
            _ => new TrainedLoop<TNeurons, WindowPending>(this, neurons, () => new WindowPending(Network.Neurons, neurons.KeyAfter)),
        };
}

using BenchmarkDotNet.Attributes;
using SparseProp.Engine;
using SparseProp.Engine.Benchmarks;

namespace SparseProp.Benchmarks;

/// <summary>Both loops, per network spike, with and without statistics; in equilibrium, k = 100.</summary>
public class SpikeBenchmarks
{
    private const int Spikes = 1 << 14;

    private RunningNetwork? _network;

    [Params(10_000, 100_000)]
    public int N { get; set; }

    [Params(NeuronModel.Lif, NeuronModel.Qif, NeuronModel.Eif)]
    public NeuronModel Model { get; set; }

    [Params(EventLoop.Window, EventLoop.Heap)]
    public EventLoop Loop { get; set; }

    [GlobalSetup]
    public void SetUp() => _network = new RunningNetwork(
        new() { Model = Model, N = N, K = 100, Loop = Loop, BurnIn = RunLength.SpikesPerNeuron(2), Stop = RunLength.Spikes(1) }, new());

    [Benchmark(OperationsPerInvoke = Spikes)]
    public void Bare() => _network!.Run(Spikes);

    [Benchmark(OperationsPerInvoke = Spikes)]
    public void Measured() => _network!.RunMeasured(Spikes);

    [GlobalCleanup]
    public void CleanUp() => _network!.Dispose();
}

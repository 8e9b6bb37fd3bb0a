using BenchmarkDotNet.Attributes;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Random;

namespace SparseProp.Benchmarks;

/// <summary>Drawing one neuron's targets: what a network without memory for them pays at every spike.</summary>
public unsafe class TargetBenchmarks
{
    private const int N = 1_000_000;

    private readonly int[] _row = new int[1000];
    private IndependentTargets? _independent;
    private PublishedTargets<PlusScrambler>? _published;
    private int _neuron;

    [Params(10, 100, 1000)]
    public int K { get; set; }

    [GlobalSetup]
    public void SetUp() => (_independent, _published) = (new(N, K, 1), new(N, K, 1, replace: false));

    [Benchmark(Baseline = true)]
    public void Independent()
    {
        fixed (int* row = _row)
        {
            _independent!.Draw(_neuron = (_neuron + 1) % N, row);
        }
    }

    [Benchmark]
    public void Published()
    {
        fixed (int* row = _row)
        {
            _published!.Draw(_neuron = (_neuron + 1) % N, row);
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _independent!.Dispose();
        _published!.Dispose();
    }
}

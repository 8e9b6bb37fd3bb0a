using BenchmarkDotNet.Attributes;
using SparseProp.Engine;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Models.Eif;
using SparseProp.Engine.Networks;

namespace SparseProp.Benchmarks;

/// <summary>What one synaptic event costs in each representation; targets at random, k = 100.</summary>
public unsafe class DeliveryBenchmarks
{
    private const int K = 100;
    private const int Spikes = 256;

    private NativeBuffer<double>? _u;
    private TargetRows? _targets;
    private LifExponential _leaky;
    private TablePulse _exponential;
    private ExcitatoryPulse _excitation;

    [Params(10_000, 1_000_000)]
    public int N { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var p = new SimulationParameters { N = N, K = K, Stop = RunLength.Spikes(1) };
        var curve = new EifCurve(p with { Model = NeuronModel.Eif });
        _targets = EventLoops.Targets(p, new());
        _leaky = new LifExponential(p);
        _exponential = new TablePulse(EifLoops.PulseTable(curve));
        _excitation = new ExcitatoryPulse(curve);
        _u = new NativeBuffer<double>(N);
        var random = new Random(1);
        for (var i = 0; i < N; i++)
        {
            _u.Pointer[i] = 1 + (19 * random.NextDouble());
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Spikes * K)]
    public void Leaky()
    {
        for (var spike = 0; spike < Spikes; spike++)
        {
            _leaky.Deliver(_u!.Pointer, _targets!.Row(spike), K, 1e-9);
        }
    }

    [Benchmark(OperationsPerInvoke = Spikes * K)]
    public void Exponential()
    {
        for (var spike = 0; spike < Spikes; spike++)
        {
            _exponential.Deliver(_u!.Pointer, _targets!.Row(spike), K, 1);
        }
    }

    [Benchmark(OperationsPerInvoke = Spikes * K)]
    public double ExponentialExcited()
    {
        var sum = 0.0;
        for (var spike = 0; spike < Spikes; spike++)
        {
            var row = _targets!.Row(spike);
            for (var i = 0; i < K; i++)
            {
                sum += _excitation.Excited(_u!.Pointer[row[i]], 1);
            }
        }

        return sum;
    }

    // Inputs add up over millions of invocations.
    [IterationCleanup]
    public void Rewind()
    {
        for (var i = 0; i < N; i++)
        {
            _u!.Pointer[i] = 1 + (_u.Pointer[i] % 19);
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _u!.Dispose();
        _targets!.Dispose();
        _exponential.Dispose();
        _excitation.Dispose();
    }
}

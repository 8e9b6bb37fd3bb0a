using BenchmarkDotNet.Attributes;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Queues;

namespace SparseProp.Benchmarks;

/// <summary>What a window costs beside its spikes: the scan of all neurons, sorting those found, and their logarithms.</summary>
public unsafe class QueueBenchmarks
{
    private readonly WindowQueue _queue = new(1 << 13, 2, 0);
    private NativeBuffer<double>? _u;
    private NativeBuffer<HeapNode>? _found;
    private NativeBuffer<double>? _keys;

    /// <summary>Neurons found in a window.</summary>
    [Params(64, 2000)]
    public int Found { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        _u = new NativeBuffer<double>(Found * 500);
        for (var i = 0; i < _u.Length; i++)
        {
            _u.Pointer[i] = 1 + (500 * random.NextDouble());
        }

        _found = new NativeBuffer<HeapNode>(Found * 2);
        _keys = new NativeBuffer<double>(Found + 8);
        for (var i = 0; i < Found; i++)
        {
            _keys.Pointer[i] = 1 + random.NextDouble();
        }
    }

    [Benchmark]
    public int ScanOf500TimesAsMany() => Scan512.Collect(_u!.Pointer, 0, (int)_u.Length, 2, _found!.Pointer);

    [Benchmark]
    public void Sort()
    {
        for (var i = 0; i < Found; i++)
        {
            *_queue.Room(i, 1) = new HeapNode(_keys!.Pointer[i], i);
        }

        _queue.Sort(Found, 1, 2);
    }

    [Benchmark]
    public double Logarithms()
    {
        var sum = 0.0;
        for (var i = 0; i < Found; i++)
        {
            sum += ElementaryFunctions.Log(_keys!.Pointer[i]);
        }

        return sum;
    }

    [Benchmark]
    public void LogarithmsAtOnce()
    {
        ElementaryFunctions.ScaledLog(_keys!.Pointer, Found, 0, 0);
        for (var i = 0; i < Found; i++)
        {
            _keys.Pointer[i] += 1.5;
        }
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _queue.Dispose();
        _u!.Dispose();
        _found!.Dispose();
        _keys!.Dispose();
    }
}

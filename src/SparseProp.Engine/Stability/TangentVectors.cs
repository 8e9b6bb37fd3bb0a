using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Random;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Stability;

/// <summary>
/// Small perturbations of all neurons' times to spike, several side by side. None has a part along (1, ..., 1), a shift in time, which
/// neither grows nor shrinks.
/// </summary>
/// <remarks>Vectors are added up in a fixed order, so that results do not depend on the machine.</remarks>
internal sealed unsafe class TangentVectors : IDisposable
{
    private const double Smallest = 1e-290;

    private readonly int _n;
    private readonly int _count;
    private readonly NativeBuffer<double> _components;
    private readonly NativeBuffer<double> _columns;
    private NativeBuffer<double> _kept = new(0);

    /// <param name="n">Number of neurons.</param>
    /// <param name="count">Number of vectors, from 1 to n − 1.</param>
    public TangentVectors(int n, int count)
    {
        (_n, _count) = (n, count);
        _components = new((long)n * count);
        _columns = new((long)n * count);
        for (var i = 0L; i < _components.Length; i++)
        {
            _components.Pointer[i] = ((SplitMix64.Mix((ulong)i * SplitMix64.Gamma) >> 11) * (1.0 / (1L << 52))) - 1;
        }

        Orthonormalise(new double[count]);
    }

    public int Count => _count;

    public long Bytes => _components.Bytes + _columns.Bytes + _kept.Bytes;

    /// <summary>Neuron after neuron, of each all vectors.</summary>
    public Span<double> Components => new(_components.Pointer, checked((int)_components.Length));

    /// <summary>Bytes for each neuron and vector.</summary>
    public static int BytesPerComponent => 2 * sizeof(double);

    /// <summary>An input: x_target ← x_source + d(x_target − x_source).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mix(int target, int source, double d)
    {
        if (_count == 1)
        {
            var from = _components.Pointer[source];
            _components.Pointer[target] = from + (d * (_components.Pointer[target] - from));
            return;
        }

        MixAll(_components.Pointer + ((long)target * _count), _components.Pointer + ((long)source * _count), d);
    }

    /// <summary>Keeps the components of neurons as they are now, for <see cref="MixKept"/>.</summary>
    public void Keep(ReadOnlySpan<int> neurons)
    {
        if (_kept.Length < (long)neurons.Length * _count)
        {
            _kept.Dispose();
            _kept = new((long)BitOperations.RoundUpToPowerOf2((uint)neurons.Length) * _count);
        }

        for (var i = 0; i < neurons.Length; i++)
        {
            var from = _components.Pointer + ((long)neurons[i] * _count);
            Buffer.MemoryCopy(from, _kept.Pointer + ((long)i * _count), _count * sizeof(double), _count * sizeof(double));
        }
    }

    /// <summary>An input from the kept neuron with this index: x_target ← x_kept + d(x_target − x_kept).</summary>
    public void MixKept(int target, int index, double d) =>
        MixAll(_components.Pointer + ((long)target * _count), _kept.Pointer + ((long)index * _count), d);

    /// <summary>
    /// Makes the vectors orthogonal to a shift in time and to each other, and each of length 1 (modified Gram–Schmidt). Writes by what
    /// logarithm each had grown in the directions not taken by those before it; −∞ where nothing was left of it.
    /// </summary>
    [MethodImpl(Compile.AtOnce)]
    public void Orthonormalise(Span<double> growth)
    {
        Transpose();
        for (var i = 0; i < _count; i++)
        {
            var vector = _columns.Pointer + ((long)i * _n);
            TakeMean(vector);
            for (var j = 0; j < i; j++)
            {
                var other = _columns.Pointer + ((long)j * _n);
                Add(vector, -Product(vector, other), other);
            }

            var squares = Product(vector, vector);
            growth[i] = squares > Smallest ? 0.5 * ElementaryFunctions.Log(squares) : double.NegativeInfinity;
            Scale(vector, squares > Smallest ? 1 / Math.Sqrt(squares) : 0);
        }

        TransposeBack();
    }

    public void Save(SnapshotWriter writer) => writer.Write(_components);

    public void Restore(SnapshotReader reader) => reader.Read(_components);

    public void Dispose()
    {
        _components.Dispose();
        _columns.Dispose();
        _kept.Dispose();
    }

    [MethodImpl(Compile.AtOnce)]
    private void MixAll(double* target, double* source, double d)
    {
        nint i = 0;
        for (; i <= _count - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var from = Vector256.Load(source + i);
            (from + (d * (Vector256.Load(target + i) - from))).Store(target + i);
        }

        for (; i < _count; i++)
        {
            target[i] = source[i] + (d * (target[i] - source[i]));
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void Transpose()
    {
        for (var neuron = 0L; neuron < _n; neuron++)
        {
            for (var i = 0; i < _count; i++)
            {
                _columns.Pointer[(i * (long)_n) + neuron] = _components.Pointer[(neuron * _count) + i];
            }
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void TransposeBack()
    {
        for (var neuron = 0L; neuron < _n; neuron++)
        {
            for (var i = 0; i < _count; i++)
            {
                _components.Pointer[(neuron * _count) + i] = _columns.Pointer[(i * (long)_n) + neuron];
            }
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void TakeMean(double* vector)
    {
        var sum = 0.0;
        for (var i = 0; i < _n; i++)
        {
            sum += vector[i];
        }

        var mean = sum / _n;
        for (var i = 0; i < _n; i++)
        {
            vector[i] -= mean;
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private double Product(double* a, double* b)
    {
        var sums = Vector256<double>.Zero;
        nint i = 0;
        for (; i <= _n - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            sums += Vector256.Load(a + i) * Vector256.Load(b + i);
        }

        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (; i < _n; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    [MethodImpl(Compile.AtOnce)]
    private void Add(double* vector, double factor, double* other)
    {
        nint i = 0;
        for (; i <= _n - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            (Vector256.Load(vector + i) + (factor * Vector256.Load(other + i))).Store(vector + i);
        }

        for (; i < _n; i++)
        {
            vector[i] += factor * other[i];
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void Scale(double* vector, double factor)
    {
        for (var i = 0; i < _n; i++)
        {
            vector[i] *= factor;
        }
    }
}

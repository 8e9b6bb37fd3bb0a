using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Queues;

namespace SparseProp.Engine.Loops;

/// <summary>Finds the neurons below a threshold. Comparisons round nothing: every width finds the same ones in order.</summary>
internal unsafe interface IWindowScan
{
    /// <summary>
    /// Writes the neurons i in [<paramref name="start"/>, <paramref name="stop"/>) with values[i] &lt; <paramref name="end"/> to
    /// <paramref name="found"/>, ascending, and returns how many; there must be room for all.
    /// </summary>
    static abstract int Collect(double* values, int start, int stop, double end, HeapNode* found);
}

internal readonly unsafe struct ScalarScan : IWindowScan
{
    [MethodImpl(Compile.AtOnce)]
    public static int Collect(double* values, int start, int stop, double end, HeapNode* found)
    {
        var count = 0;
        for (var i = start; i < stop; i++)
        {
            if (values[i] < end)
            {
                found[count++] = new HeapNode(values[i], i);
            }
        }

        return count;
    }
}

internal readonly unsafe struct Scan128 : IWindowScan
{
    private const int Step = 8;

    [MethodImpl(Compile.AtOnce)]
    public static int Collect(double* values, int start, int stop, double end, HeapNode* found)
    {
        var count = 0;
        var limit = Vector128.Create(end);
        var i = start;
        for (; i <= stop - Step; i += Step)
        {
            var a = Vector128.LessThan(Vector128.Load(values + i), limit);
            var b = Vector128.LessThan(Vector128.Load(values + i + 2), limit);
            var c = Vector128.LessThan(Vector128.Load(values + i + 4), limit);
            var d = Vector128.LessThan(Vector128.Load(values + i + 6), limit);
            if (((a | b) | (c | d)).AsUInt64() != Vector128<ulong>.Zero)
            {
                count += ScalarScan.Collect(values, i, i + Step, end, found + count);
            }
        }

        return count + ScalarScan.Collect(values, i, stop, end, found + count);
    }
}

internal readonly unsafe struct Scan256 : IWindowScan
{
    private const int Step = 16;

    [MethodImpl(Compile.AtOnce)]
    public static int Collect(double* values, int start, int stop, double end, HeapNode* found)
    {
        var count = 0;
        var limit = Vector256.Create(end);
        var i = start;
        for (; i <= stop - Step; i += Step)
        {
            var a = Vector256.LessThan(Vector256.Load(values + i), limit);
            var b = Vector256.LessThan(Vector256.Load(values + i + 4), limit);
            var c = Vector256.LessThan(Vector256.Load(values + i + 8), limit);
            var d = Vector256.LessThan(Vector256.Load(values + i + 12), limit);
            if (((a | b) | (c | d)).AsUInt64() != Vector256<ulong>.Zero)
            {
                var mask = a.ExtractMostSignificantBits() | (b.ExtractMostSignificantBits() << 4)
                    | (c.ExtractMostSignificantBits() << 8) | (d.ExtractMostSignificantBits() << 12);
                count += MaskedNeurons.Write(values, i, mask, found + count);
            }
        }

        return count + ScalarScan.Collect(values, i, stop, end, found + count);
    }
}

internal readonly unsafe struct Scan512 : IWindowScan
{
    private const int Step = 32;

    [MethodImpl(Compile.AtOnce)]
    public static int Collect(double* values, int start, int stop, double end, HeapNode* found)
    {
        var count = 0;
        var limit = Vector512.Create(end);
        var i = start;
        for (; i <= stop - Step; i += Step)
        {
            var a = (uint)Vector512.LessThan(Vector512.Load(values + i), limit).ExtractMostSignificantBits();
            var b = (uint)Vector512.LessThan(Vector512.Load(values + i + 8), limit).ExtractMostSignificantBits();
            var c = (uint)Vector512.LessThan(Vector512.Load(values + i + 16), limit).ExtractMostSignificantBits();
            var d = (uint)Vector512.LessThan(Vector512.Load(values + i + 24), limit).ExtractMostSignificantBits();
            var mask = a | (b << 8) | (c << 16) | (d << 24);
            if (mask != 0)
            {
                count += MaskedNeurons.Write(values, i, mask, found + count);
            }
        }

        return count + ScalarScan.Collect(values, i, stop, end, found + count);
    }
}

internal static unsafe class MaskedNeurons
{
    /// <summary>Writes neuron first + b for every set bit b, ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(double* values, int first, uint mask, HeapNode* found)
    {
        var count = 0;
        for (; mask != 0; mask &= mask - 1)
        {
            var i = first + BitOperations.TrailingZeroCount(mask);
            found[count++] = new HeapNode(values[i], i);
        }

        return count;
    }
}

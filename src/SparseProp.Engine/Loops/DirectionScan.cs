using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Models;

namespace SparseProp.Engine.Loops;

/// <summary>
/// Finds the neurons whose direction is clockwise of another: x·Y &lt; y·X for (X, Y) of the neuron and (x, y) of the other. Every
/// width compares the same two products, so every width finds the same ones in order.
/// </summary>
internal unsafe interface IDirectionScan
{
    /// <summary>
    /// Writes the neurons in [<paramref name="start"/>, <paramref name="stop"/>) that are clockwise of <paramref name="end"/> to
    /// <paramref name="found"/>, ascending, and returns how many; there must be room for all.
    /// </summary>
    static abstract int Collect(Direction* directions, int start, int stop, Direction end, int* found);
}

internal readonly unsafe struct ScalarDirectionScan : IDirectionScan
{
    [MethodImpl(Compile.AtOnce)]
    public static int Collect(Direction* directions, int start, int stop, Direction end, int* found)
    {
        var count = 0;
        for (var i = start; i < stop; i++)
        {
            if (end.X * directions[i].Y < end.Y * directions[i].X)
            {
                found[count++] = i;
            }
        }

        return count;
    }
}

// The vectors below hold y·X in even and x·Y in odd lanes; with neighbours swapped, even lanes compare as they should.
internal readonly unsafe struct DirectionScan128 : IDirectionScan
{
    private const int Step = 4;

    [MethodImpl(Compile.AtOnce)]
    public static int Collect(Direction* directions, int start, int stop, Direction end, int* found)
    {
        var count = 0;
        var factors = Vector128.Create(end.Y, end.X);
        var i = start;
        for (; i <= stop - Step; i += Step)
        {
            var at = (double*)(directions + i);
            var mask = Clockwise(at, factors) | (Clockwise(at + 2, factors) << 2)
                | (Clockwise(at + 4, factors) << 4) | (Clockwise(at + 6, factors) << 6);
            count += EvenLanes.Write(i, mask & EvenLanes.Mask, found + count);
        }

        return count + ScalarDirectionScan.Collect(directions, i, stop, end, found + count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Clockwise(double* at, Vector128<double> factors)
    {
        var products = Vector128.Load(at) * factors;
        return Vector128.LessThan(Vector128.Shuffle(products, Vector128.Create(1, 0)), products).ExtractMostSignificantBits();
    }
}

internal readonly unsafe struct DirectionScan256 : IDirectionScan
{
    private const int Step = 8;

    [MethodImpl(Compile.AtOnce)]
    public static int Collect(Direction* directions, int start, int stop, Direction end, int* found)
    {
        var count = 0;
        var factors = Vector256.Create(end.Y, end.X, end.Y, end.X);
        var i = start;
        for (; i <= stop - Step; i += Step)
        {
            var at = (double*)(directions + i);
            var mask = Clockwise(at, factors) | (Clockwise(at + 4, factors) << 4)
                | (Clockwise(at + 8, factors) << 8) | (Clockwise(at + 12, factors) << 12);
            count += EvenLanes.Write(i, mask & EvenLanes.Mask, found + count);
        }

        return count + ScalarDirectionScan.Collect(directions, i, stop, end, found + count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Clockwise(double* at, Vector256<double> factors)
    {
        var products = Vector256.Load(at) * factors;
        var swapped = Vector256.Shuffle(products, Vector256.Create(1, 0, 3, 2));
        return Vector256.LessThan(swapped, products).ExtractMostSignificantBits();
    }
}

internal readonly unsafe struct DirectionScan512 : IDirectionScan
{
    private const int Step = 16;

    [MethodImpl(Compile.AtOnce)]
    public static int Collect(Direction* directions, int start, int stop, Direction end, int* found)
    {
        var count = 0;
        var factors = Vector512.Create(end.Y, end.X, end.Y, end.X, end.Y, end.X, end.Y, end.X);
        var i = start;
        for (; i <= stop - Step; i += Step)
        {
            var at = (double*)(directions + i);
            var mask = Clockwise(at, factors) | (Clockwise(at + 8, factors) << 8)
                | (Clockwise(at + 16, factors) << 16) | (Clockwise(at + 24, factors) << 24);
            count += EvenLanes.Write(i, mask & EvenLanes.Mask, found + count);
        }

        return count + ScalarDirectionScan.Collect(directions, i, stop, end, found + count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Clockwise(double* at, Vector512<double> factors)
    {
        var products = Vector512.Load(at) * factors;
        var swapped = Vector512.Shuffle(products, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6));
        return (uint)Vector512.LessThan(swapped, products).ExtractMostSignificantBits();
    }
}

internal static unsafe class EvenLanes
{
    public const uint Mask = 0x55555555;

    /// <summary>Writes first + b for every set bit 2b, ascending.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(int first, uint mask, int* found)
    {
        var count = 0;
        for (; mask != 0; mask &= mask - 1)
        {
            found[count++] = first + (BitOperations.TrailingZeroCount(mask) >> 1);
        }

        return count;
    }
}

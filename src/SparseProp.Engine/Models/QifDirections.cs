using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Models;

/// <summary>
/// Quadratic integrate-and-fire as directions in the plane. A neuron's P points to where the network's clock, a direction that
/// turns by √I radians in each τ, will be when the neuron spikes next without further input. Free flow leaves P alone.
/// </summary>
/// <remarks>
/// With I = τ√k·j0·rate, φ the published phase and C the clock's unit vector, P = C turned by (π − φ)/2. Seen from the clock,
/// P = (sin φ/2, cos φ/2) and V/√I = tan φ/2 is the quotient of its coordinates; so an input, V → V − J, adds
/// c times the second to the first, c = −J/√I: P_i ← P_i + c·(C × P_i)·C. At the spike of j, C is P_j divided by its length.
/// After it the neuron's next spike is half a turn ahead, P_j ← −P_j. Nothing but additions, multiplications and one
/// division; τ, rate and j0 enter by c and the unit of time only.
/// </remarks>
internal readonly struct QifDirections
{
    private readonly double _secondsPerRadian;

    public QifDirections(SimulationParameters p)
    {
        var omega = 2 * Math.Sqrt(p.Drive);
        Inhibition = -p.Inhibition * 2 / omega;
        Excitation = p.Excitation * 2 / omega;
        _secondsPerRadian = p.Tau * 2 / omega;
    }

    /// <summary>c of an inhibitory input, not positive.</summary>
    public double Inhibition { get; }

    /// <summary>c of an excitatory input, not negative.</summary>
    public double Excitation { get; }

    /// <summary>P of a neuron that would spike after <paramref name="halfTurns"/> half turns of the clock, in [0, 1].</summary>
    public static Direction Initial(double halfTurns)
    {
        var (cosine, sine) = Angles.CosSinOfHalfTurns(halfTurns);
        return new(cosine, sine);
    }

    /// <summary>Time at which the clock comes round to a direction seen after so many quarters, within half a turn from then.</summary>
    public double Seconds(long quarters, Direction seen) => _secondsPerRadian * (seen.X >= 0
        ? Angles.AfterQuarters(quarters, Angles.Of(seen.X, seen.Y))
        : seen.Y >= 0
            ? Angles.AfterQuarters(quarters + 1, Angles.Of(seen.Y, -seen.X))
            : Angles.AfterQuarters(quarters + 2, Angles.Of(-seen.X, -seen.Y)));

    /// <summary>Four times at once, with the bits of <see cref="Seconds(long, Direction)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Seconds(long quarters, Vector256<double> seenX, Vector256<double> seenY)
    {
        var zero = Vector256<double>.Zero;
        var isFirst = Vector256.GreaterThanOrEqual(seenX, zero);
        var isSecond = Vector256.GreaterThanOrEqual(seenY, zero);
        var x = Vector256.ConditionalSelect(isFirst, seenX, Vector256.ConditionalSelect(isSecond, seenY, -seenX));
        var y = Vector256.ConditionalSelect(isFirst, seenY, Vector256.ConditionalSelect(isSecond, -seenX, -seenY));
        var after = Vector256.ConditionalSelect(
            isFirst,
            Vector256.Create((double)quarters),
            Vector256.ConditionalSelect(isSecond, Vector256.Create((double)(quarters + 1)), Vector256.Create((double)(quarters + 2))));
        return _secondsPerRadian * Angles.AfterQuarters(after, Angles.Of(x, y));
    }

    /// <summary>Time of the clock at a place in [0, 1] of the quarter after <paramref name="quarters"/> others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Seconds(long quarters, double place) =>
        _secondsPerRadian * Angles.AfterQuarters(quarters, Angles.Of(1 - place, place));
}

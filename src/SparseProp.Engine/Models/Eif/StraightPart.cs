using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// An excitatory pulse V → V + E to a neuron whose V is below <see cref="EifCurve.Lowest"/>, where y = e^θ − 1 falls along a straight
/// line as V rises, e^θ = A(I − V).
/// </summary>
internal readonly struct StraightPart
{
    private readonly double _voltageFall;

    public StraightPart(EifCurve curve)
    {
        _voltageFall = 1 / curve.FarSlope;
        Begin = SmallArguments.ExpMinusOne(curve.FarTime);
        Pulse = curve.Jump * curve.FarSlope;
        Through = Begin + Pulse;
    }

    /// <summary>The y above which V is on the line.</summary>
    public double Begin { get; }

    /// <summary>The y from which on V is on the line after the pulse, too: all it does is to subtract <see cref="Pulse"/>.</summary>
    public double Through { get; }

    /// <summary>A·E.</summary>
    public double Pulse { get; }

    /// <summary>(V + E)/ΔV for y between <see cref="Begin"/> and <see cref="Through"/>.</summary>
    /// <remarks>Counted from where it is lowest, for E can be so many ΔV that V + E would lose its digits.</remarks>
    public double Raised(double y) => EifCurve.Lowest + ((Through - y) * _voltageFall);
}

using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Populations.Neurons;

/// <summary>dV/dt = E − V: V − E falls like e^−t. The drive E is rest and drive together.</summary>
internal readonly struct LeakyMembrane : IMembrane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double After(double v, double time, double drive) => drive + ((v - drive) * ElementaryFunctions.Exp(-Math.Min(time, 700)));

    // ln((E − V)/(E − θ)), which for V near θ is the logarithm of nearly 1.
    public double TimeTo(double v, double threshold, double drive) =>
        drive > threshold ? SmallArguments.LogOnePlus((threshold - v) / (drive - threshold)) : double.PositiveInfinity;
}

using System.Runtime.CompilerServices;

namespace SparseProp.Engine.Models.Eif;

/// <summary>q by an approximation of it as a function of z − 1, one target after the other.</summary>
internal readonly unsafe struct CurvePulse<TCurve>(TCurve curve) : IEifPulse
    where TCurve : struct, ICurve
{
    private readonly TCurve _curve = curve;

    [MethodImpl(Compile.AtOnce)]
    public void Deliver(double* u, int* targets, nint count, double spiking)
    {
        var curve = _curve;
        var inverse = 1 / spiking;
        for (nint i = 0; i < count; i++)
        {
            var target = u + targets[i];
            if (*target > spiking)
            {
                *target += curve.At((*target - spiking) * inverse) * spiking;
            }
        }
    }

    public void Dispose() => _curve.Dispose();
}

namespace SparseProp.Engine.Models.Eif;

/// <summary>
/// The delay by an approximation of it where the spike is near, and by its closed form where the neuron is so hyperpolarised that
/// the exponential term is nothing: there e^θ grows by A·J, whatever it is.
/// </summary>
internal readonly struct CurveDelay<TCurve>(TCurve curve, double farTime, double farPulse) : IEifDelay
    where TCurve : struct, ICurve
{
    private readonly TCurve _curve = curve;

    public double Delay(double theta) => theta <= farTime ? _curve.At(theta) : Math.Log(1 + (farPulse * Math.Exp(-theta)));

    public void Dispose() => _curve.Dispose();
}

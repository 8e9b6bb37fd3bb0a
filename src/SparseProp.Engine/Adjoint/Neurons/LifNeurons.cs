using System.Runtime.CompilerServices;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Adjoint.Neurons;

/// <summary>
/// Leaky integrate-and-fire. The key is U = e^t·z with z = (I − V)/I = e^θ: an input is U ← U − (w/I)·U_now, a reset U ← U·(1 + 1/I),
/// and neither needs a logarithm. The note is y = 1/(I·z) behind the input.
/// </summary>
internal readonly struct LifNeurons(double[] drive) : ITrainedNeurons
{
    // Beyond what keys reach before they are rebased.
    private const double Farthest = 600;

    private readonly double[] _drive = drive;
    private readonly double _instant = 1 + InstantLength.OfLeaky(drive);
    private readonly double[] _inverse = [.. drive.Select(i => 1 / i)];

    public static bool SwapsSmoothly => false;

    // A power of two, so that all digits stay.
    public double RebaseFrom => 18446744073709551616.0;

    public double RebaseLength => 64 * 0.6931471805599453;

    public double Rebased(double key) => key / RebaseFrom;

    public double TimeOf(double moment) => ElementaryFunctions.Log(moment);

    public double MomentOf(double time) => time < Farthest ? ElementaryFunctions.Exp(time) : double.PositiveInfinity;

    // At the least, what is due to the bit.
    public double EndOfInstant(double now) => Math.Max(now * _instant, Math.BitIncrement(now));

    public double KeyAfter(double now, double theta) => now * ElementaryFunctions.Exp(theta);

    public double TimeLeft(double key, double now) => ElementaryFunctions.Log(key / now);

    public double Period(int neuron) => SmallArguments.LogOnePlus(1 / _drive[neuron]);

    public double PeriodByDrive(int neuron) => -1 / (_drive[neuron] * (_drive[neuron] + 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Reset(double now, int neuron) => now + (now * _inverse[neuron]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Receive(double key, double weight, double now, int neuron, out double note)
    {
        var unit = now * _inverse[neuron];
        var u = key - (weight * unit);
        if (weight > 0 && u - now <= Avalanche.Tolerance * unit)
        {
            note = double.NaN;
            return now;
        }

        note = unit / u;
        return u;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Slopes SlopesOf(double note, double weight, int neuron)
    {
        var relative = weight * note;
        return new Slopes(1 + relative, -note, relative * _inverse[neuron]);
    }
}

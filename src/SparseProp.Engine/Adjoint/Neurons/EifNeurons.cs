using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Adjoint.Neurons;

/// <summary>
/// Exponential integrate-and-fire. The key is the time of the spike in τ, and V is found from it and it from V by quadrature, as exactly
/// as doubles are; neurons of equal drive share the quadrature's panels. The note is x = V/ΔV behind the input.
/// </summary>
internal readonly struct EifNeurons : ITrainedNeurons
{
    // Where e^x is all that counts.
    private const double Spiking = 300;

    private readonly double _deltaV;
    private readonly EifDrive[] _curves;
    private readonly double _instant;

    public EifNeurons(double[] drive, double deltaV)
    {
        _deltaV = deltaV;
        Dictionary<double, EifDrive> curves = [];
        _curves = new EifDrive[drive.Length];
        for (var neuron = 0; neuron < drive.Length; neuron++)
        {
            if (!curves.TryGetValue(drive[neuron], out var curve))
            {
                curves.Add(drive[neuron], curve = new EifDrive(drive[neuron], deltaV));
            }

            _curves[neuron] = curve;
        }

        _instant = InstantLength.BelowPeriod(Avalanche.Length, curves.Values.Min(curve => curve.Period));
    }

    public static bool SwapsSmoothly => false;

    public double RebaseFrom => 64;

    public double RebaseLength => 64;

    public double Rebased(double key) => key - 64;

    public double TimeOf(double moment) => moment;

    public double MomentOf(double time) => time;

    public double EndOfInstant(double now) => Math.Max(now + _instant, Math.BitIncrement(now));

    public double KeyAfter(double now, double theta) => now + theta;

    public double TimeLeft(double key, double now) => key - now;

    public double Period(int neuron) => _curves[neuron].Period;

    public double PeriodByDrive(int neuron) => _curves[neuron].PeriodByDrive;

    public double Reset(double now, int neuron) => now + _curves[neuron].Period;

    public double Receive(double key, double weight, double now, int neuron, out double note)
    {
        var theta = key - now;
        if (theta <= 0)
        {
            // V is infinite, and no input moves it.
            note = double.PositiveInfinity;
            return now;
        }

        note = _curves[neuron].Voltage(theta) + (weight / _deltaV);
        return now + _curves[neuron].TimeToSpike(note);
    }

    public Slopes SlopesOf(double note, double weight, int neuron)
    {
        var jump = weight / _deltaV;
        var before = note - jump;
        if (Math.Max(before, note) > Spiking)
        {
            return new Slopes(ElementaryFunctions.Exp(-jump), 0, 0);
        }

        var curve = _curves[neuron];
        var after = curve.Speed(note);
        var byTime = curve.Speed(before) / after;
        return new Slopes(byTime, -1 / (_deltaV * after), curve.TimeByDrive(note) - (byTime * curve.TimeByDrive(before)));
    }
}

using SparseProp.Engine.Arithmetic;

namespace SparseProp.Engine.Adjoint.Neurons;

/// <summary>
/// Quadratic integrate-and-fire. The key is the time of the spike in τ; V = r·cot(rθ) with r = √I, so that an input turns the direction
/// (cos rθ, sin rθ) to (cos rθ + (w/r)·sin rθ, sin rθ). The note is θ behind the input.
/// </summary>
internal readonly struct QifNeurons(double[] drive) : ITrainedNeurons
{
    private readonly double[] _root = [.. drive.Select(Math.Sqrt)];

    public static bool SwapsSmoothly => true;

    public double RebaseFrom => 64;

    public double RebaseLength => 64;

    public double Rebased(double key) => key - 64;

    public double TimeOf(double moment) => moment;

    public double MomentOf(double time) => time;

    // V is infinite at a spike, and no input moves it.
    public double EndOfInstant(double now) => Math.BitIncrement(now);

    public double KeyAfter(double now, double theta) => now + theta;

    public double TimeLeft(double key, double now) => key - now;

    public double Period(int neuron) => Math.PI / _root[neuron];

    public double PeriodByDrive(int neuron) => -0.5 * Math.PI / (_root[neuron] * _root[neuron] * _root[neuron]);

    public double Reset(double now, int neuron) => now + Period(neuron);

    public double Receive(double key, double weight, double now, int neuron, out double note)
    {
        var root = _root[neuron];
        var (cosine, sine) = Direction(root * (key - now));
        note = Angle(cosine + (weight / root * sine), sine) / root;
        return now + note;
    }

    public Slopes SlopesOf(double note, double weight, int neuron)
    {
        var root = _root[neuron];
        var drive = root * root;
        var (after, sine) = Direction(root * note);
        var before = after - (weight / root * sine);
        var norm = (before * before) + (sine * sine);

        // ∂θ/∂I at fixed V, behind the input and before it.
        var late = ((after * sine / root) - note) / (2 * drive);
        var early = ((before * sine / (norm * root)) - (Angle(before, sine) / root)) / (2 * drive);
        return new Slopes(norm, -sine * sine / drive, late - (norm * early));
    }

    private static (double Cosine, double Sine) Direction(double angle)
    {
        var (cosine, sine) = Angles.CosSinOfHalfTurns(angle / Math.PI);
        return (cosine, Math.Max(0, sine));
    }

    private static double Angle(double cosine, double sine) =>
        cosine >= 0 ? Angles.Of(cosine, sine) : Math.PI - Angles.Of(-cosine, sine);
}

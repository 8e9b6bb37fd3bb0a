using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Populations.Inputs;

/// <summary>The values of a time course.</summary>
internal sealed class RateCourse(TimeCourse course)
{
    private readonly double[] _times = [.. course.Times];
    private readonly double[] _values = [.. course.Values];

    public bool IsConstant => course.IsConstant || course.Sine is { Amplitude: 0 };

    /// <summary>The largest value at any time, never passed.</summary>
    public double Most => course.Sine is { } sine ? sine.Mean + Math.Abs(sine.Amplitude) : _values.Max();

    public double Least => course.Sine is { } sine ? sine.Mean - Math.Abs(sine.Amplitude) : _values.Min();

    public double At(double seconds)
    {
        if (course.Sine is { } sine)
        {
            var halfTurns = (2 * sine.Frequency * seconds) + (sine.Phase / Math.PI);
            return sine.Mean + (sine.Amplitude * Angles.CosSinOfHalfTurns(halfTurns).Sine);
        }

        var place = Array.BinarySearch(_times, seconds);
        return (place < 0 ? ~place - 1 : place) is >= 0 and var step ? _values[step] : 0;
    }
}

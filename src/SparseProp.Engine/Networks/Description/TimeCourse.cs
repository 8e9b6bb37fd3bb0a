namespace SparseProp.Engine.Networks.Description;

/// <summary>A function of time: constant between steps, or a sine.</summary>
public sealed record TimeCourse
{
    /// <summary>Where values begin, in seconds, ascending from 0.</summary>
    public IReadOnlyList<double> Times { get; init; } = [0];

    /// <summary>The values, one for each time.</summary>
    public IReadOnlyList<double> Values { get; init; } = [0];

    /// <summary>Instead of the steps: mean + amplitude·sin(2π·frequency·t + phase); null for steps.</summary>
    public Sine? Sine { get; init; }

    public bool IsConstant => Sine is null && Values.Count == 1;

    public static TimeCourse Constant(double value) => new() { Values = [value] };
}

/// <summary>mean + amplitude·sin(2π·frequency·t + phase), frequency in Hz, phase in radians.</summary>
public sealed record Sine(double Mean, double Amplitude, double Frequency, double Phase);

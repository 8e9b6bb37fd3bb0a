using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Random;

namespace SparseProp.Engine.Training;

/// <summary>What draws are for: each purpose has a stream of its own, whatever the seeds.</summary>
internal enum DrawPurpose : ulong
{
    Targets = 1,
    TrainingTrial = 2,
    ValidationTrial = 3,
    TeacherWeights = 4,
    InputWeights = 5,
    InputPattern = 6,
    InitialPhases = 7,
}

/// <summary>
/// Random numbers that are a function of seed, purpose and number alone: nothing has to be saved to go on with them, and trial 7 is
/// trial 7 whichever came before.
/// </summary>
internal struct Draws
{
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    private ulong _counter;

    public Draws(long seed, DrawPurpose purpose, long number = 0) =>
        _counter = SplitMix64.Mix(SplitMix64.Mix(SplitMix64.Mix((ulong)seed) + (ulong)purpose) + (ulong)number);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * TwoToMinus53;

    /// <summary>Uniform in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double Uniform(double from, double to) => from + ((to - from) * Uniform());

    /// <summary>0 ≤ value &lt; <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(((UInt128)Next() * (ulong)count) >> 64);

    /// <summary>Of the standard normal distribution (Box and Muller 1958, the polar form of Marsaglia).</summary>
    public double Normal()
    {
        while (true)
        {
            var (x, y) = (Uniform(-1, 1), Uniform(-1, 1));
            var r = (x * x) + (y * y);
            if (r is > 0 and < 1)
            {
                return x * Math.Sqrt(-2 * ElementaryFunctions.Log(r) / r);
            }
        }
    }

    private ulong Next()
    {
        _counter += SplitMix64.Gamma;
        return SplitMix64.Mix(_counter);
    }
}

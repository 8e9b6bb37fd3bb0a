using SparseProp.Engine.Networks.Description;

namespace SparseProp.Sweeps.Networks;

/// <summary>
/// Mean rate of a population's neurons for input that is a mean and Gaussian noise, with mean parameters: the first-passage time of the
/// diffusion. Inputs that are no small part of the way to threshold make it a guess.
/// </summary>
internal static class PopulationGain
{
    /// <summary>No guess is above it, whatever the refractory time.</summary>
    public const double MostHertz = 1000;

    // In ln u, over which the integrands are smooth.
    private const double Step = 0.15;

    // Beyond, e^(y²) spikes are as good as none.
    private const double Farthest = 6;

    // Of exponents: what is smaller by e^−40 is nothing.
    private const double Negligible = 40;

    /// <summary>From 0 to <see cref="MostHertz"/>.</summary>
    /// <param name="population">The neurons, no sources.</param>
    /// <param name="mean">Rest, drive and mean input, as what V tends to or, of quadratic neurons, their drive.</param>
    /// <param name="variance">τ times what the squares of inputs add up to in a second.</param>
    /// <param name="excitatoryHertz">Inputs per second that excite: without its own drive, a neuron does not spike more often.</param>
    public static double HertzOf(Population population, double mean, double variance, double excitatoryHertz)
    {
        var tau = population.Tau.Mean;
        var time = population.Model == PopulationModel.Qif ? QuadraticTime(population, mean, variance) : LeakyTime(population, mean, variance);
        var passage = tau * time;
        if (!population.FiresAlone)
        {
            passage = Math.Max(passage, 1 / excitatoryHertz);
        }

        var hertz = 1 / (population.Refractory.Mean + passage);
        return hertz > 0 ? Math.Min(hertz, MostHertz) : 0;
    }

    // Exponential neurons spike soon after their onset.
    private static double LeakyTime(Population population, double mean, double variance)
    {
        var threshold = population.Model == PopulationModel.Eif ? Math.Min(population.Onset, population.Threshold.Mean) : population.Threshold.Mean;
        var sigma = Math.Sqrt(variance);
        var (high, low) = ((threshold - mean) / sigma, (population.Reset.Mean - mean) / sigma);
        if (!(low < high) || !double.IsFinite(low) || !double.IsFinite(high) || Math.Abs(high) > 1e6)
        {
            return mean > threshold ? Math.Log((mean - population.Reset.Mean) / (mean - threshold)) : double.PositiveInfinity;
        }

        return high > Farthest ? double.PositiveInfinity : SiegertTime(high, low);
    }

    /// <summary>∫₀^∞ e^(−u²) (e^(2hu) − e^(2lu)) du/u, in membrane time constants (Brunel and Hakim 1999).</summary>
    private static double SiegertTime(double high, double low)
    {
        var (begin, end) = (Math.Log(1e-3 / (1 + Math.Abs(low) + Math.Abs(high))), Math.Log(Math.Max(high, 0) + Farthest));
        var sum = 0.0;
        for (var t = begin; t < end; t += Step)
        {
            var u = Math.Exp(t);
            sum += Math.Exp(u * ((2 * high) - u)) - Math.Exp(u * ((2 * low) - u));
        }

        return sum * Step;
    }

    private static double QuadraticTime(Population population, double drive, double variance)
    {
        // Between finite ends, the way is as much shorter as it is without noise.
        var root = Math.Sqrt(Math.Max(Math.Abs(drive), double.Epsilon));
        var share = (Math.Atan(population.Threshold.Mean / root) - Math.Atan(population.Reset.Mean / root)) / Math.PI;
        var diffusion = variance / 2;
        var scaled = drive / Math.Pow(diffusion, 2.0 / 3);
        return Math.Clamp(share, 0, 1) * (!double.IsFinite(scaled) || scaled > 1e4
            ? drive > 0 ? Math.PI / Math.Sqrt(drive) : double.PositiveInfinity
            : scaled < -Negligible / 2 ? double.PositiveInfinity
            : QuadraticTimeOf(scaled) / Math.Cbrt(diffusion));
    }

    /// <summary>2√π ∫₀^∞ e^(−w⁶/12 − jw²) dw: from −∞ to ∞ with noise, in τ·D^(−1/3).</summary>
    private static double QuadraticTimeOf(double j)
    {
        var step = 0.1 / Math.Sqrt(1 + Math.Abs(j));
        var sum = 0.5;
        for (var w = step; ; w += step)
        {
            var square = w * w;
            var exponent = (square * square * square / 12) + (j * square);
            if (exponent > Negligible)
            {
                return 2 * Math.Sqrt(Math.PI) * step * sum;
            }

            sum += Math.Exp(-exponent);
        }
    }
}

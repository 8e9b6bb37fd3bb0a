namespace SparseProp.Engine.Statistics;

/// <summary>
/// How long a network takes to forget its initial condition. A neuron forgets its own by firing, so the time is counted in mean interspike
/// intervals; what is left of an input decays with the membrane time constant, which counts where neurons fire as fast as that. Rates from
/// then on differ from those of long runs by less than 1 %; the README of the engine has the measurement. Networks that synchronise may take
/// longer: <see cref="Stationarity"/> looks at what was measured.
/// </summary>
public static class Transient
{
    /// <summary>Membrane time constants after which less than 1 % of an input is left.</summary>
    public const double TimeConstants = 5;

    /// <summary>It in words.</summary>
    public const string Words = "the transient (a mean interspike interval, two of quadratic neurons, and 5 membrane time constants)";

    // Lengths in spikes are counted in whole spikes, and 5 · 0.01 is not 0.05.
    private const double Rounding = 1e-9;

    /// <summary>Mean interspike intervals of a model's transient; phases of quadratic neurons that begin together part slowly.</summary>
    public static double IntervalsOf(NeuronModel model) =>
        model is NeuronModel.Qif or NeuronModel.QifTime or NeuronModel.QifInhomogeneous ? 2 : 1;

    /// <summary>The shortest burn-in that holds the transient, in spikes per neuron.</summary>
    /// <param name="p">The network.</param>
    /// <param name="rateHz">Its mean firing rate, measured or expected.</param>
    public static double SpikesPerNeuron(SimulationParameters p, double rateHz)
    {
        ArgumentNullException.ThrowIfNull(p);
        return Math.Max(IntervalsOf(p.Model), TimeConstants * p.Tau * rateHz);
    }

    /// <summary>Whether the transient is longer than the burn-in. A network that never fires, or that is trained, has none.</summary>
    /// <inheritdoc cref="SpikesPerNeuron"/>
    public static bool Outlasts(SimulationParameters p, double rateHz)
    {
        ArgumentNullException.ThrowIfNull(p);
        if (p.Training is not null || !(rateHz > 0) || !double.IsFinite(rateHz))
        {
            return false;
        }

        var burnIn = p.BurnIn.Unit switch
        {
            RunUnit.Seconds => p.BurnIn.Amount * rateHz,
            RunUnit.SpikesPerNeuron => p.BurnIn.Amount,
            _ => p.BurnIn.Amount / p.N,
        };
        return burnIn < SpikesPerNeuron(p, rateHz) * (1 - Rounding);
    }
}

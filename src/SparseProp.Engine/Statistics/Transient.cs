using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Statistics;

/// <summary>
/// How long a network takes to forget its initial condition. A neuron that fires by itself forgets its own by firing, so the time is counted in
/// mean interspike intervals; what is left of an input, or of where a neuron began that needs input to fire, decays with the membrane time
/// constant, and what the others were told comes a delay later. Rates from then on differ from those of long runs by less than 1 %; the README
/// of the engine has the measurement. Networks that synchronise may take longer: <see cref="Stationarity"/> looks at what was measured.
/// </summary>
public static class Transient
{
    /// <summary>Membrane time constants after which less than 1 % of an input is left.</summary>
    public const double TimeConstants = 5;

    /// <summary>It in words.</summary>
    public const string Words = "the transient (a mean interspike interval, two of quadratic neurons, and 5 membrane time constants)";

    /// <summary>It in words, of a network of populations, after "it takes".</summary>
    public const string NeedOfPopulations =
        "5 times the longest membrane time constant and delay together, and, where neurons fire without input, a mean interspike interval, two of quadratic neurons";

    // Lengths in spikes are counted in whole spikes, and 5 · 0.01 is not 0.05.
    private const double Rounding = 1e-9;

    /// <summary>It in words, of these parameters.</summary>
    public static string WordsOf(SimulationParameters p)
    {
        ArgumentNullException.ThrowIfNull(p);
        return p.IsOfPopulations ? $"the transient ({NeedOfPopulations})" : Words;
    }

    /// <summary>Mean interspike intervals of a model's transient; phases of quadratic neurons that begin together part slowly.</summary>
    public static double IntervalsOf(NeuronModel model) =>
        model is NeuronModel.Qif or NeuronModel.QifTime or NeuronModel.QifInhomogeneous ? 2 : 1;

    /// <summary>The shortest burn-in that holds the transient, in spikes per neuron.</summary>
    /// <param name="p">The network.</param>
    /// <param name="rateHz">Its mean firing rate, measured or expected.</param>
    public static double SpikesPerNeuron(SimulationParameters p, double rateHz)
    {
        ArgumentNullException.ThrowIfNull(p);
        return p.Network is { } network
            ? Math.Max(IntervalsOf(network), DecaySecondsOf(network) * rateHz)
            : Math.Max(IntervalsOf(p.Model), TimeConstants * p.Tau * rateHz);
    }

    /// <summary>
    /// Whether the transient is longer than the burn-in. A network that never fires, or that is trained, has none; of a network of populations
    /// of which a record knows no more than its parameters, it is known only where there is no burn-in.
    /// </summary>
    /// <inheritdoc cref="SpikesPerNeuron"/>
    public static bool Outlasts(SimulationParameters p, double rateHz)
    {
        ArgumentNullException.ThrowIfNull(p);
        if (p.Training is not null || !(rateHz > 0) || !double.IsFinite(rateHz))
        {
            return false;
        }

        if (p.IsOfPopulations && p.Network is null)
        {
            return p.BurnIn.Amount == 0;
        }

        var burnIn = p.BurnIn.Unit switch
        {
            RunUnit.Seconds => p.BurnIn.Amount * rateHz,
            RunUnit.SpikesPerNeuron => p.BurnIn.Amount,
            _ => p.BurnIn.Amount / p.N,
        };
        return burnIn < SpikesPerNeuron(p, rateHz) * (1 - Rounding);
    }

    /// <summary>Seconds in which the potentials of a network of populations, and what is on its way between them, are forgotten.</summary>
    public static double DecaySecondsOf(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return TimeConstants * (
            network.Populations.Where(population => !population.IsSource).Select(population => population.Tau.Mean).DefaultIfEmpty().Max()
            + network.Projections.Select(projection => projection.Delay.Mean).DefaultIfEmpty().Max());
    }

    private static double IntervalsOf(NetworkDescription network) => network.Populations.Where(population => population.FiresAlone)
        .Max(population => (double?)(population.Model == PopulationModel.Qif ? 2 : 1)) ?? 0;
}

using SparseProp.Engine;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Sweeps;

/// <summary>
/// Seconds that a point takes on the machine of this project's README, where the figures come from: to a factor of 2 for 95 % of
/// what was measured there, and of 2.7 for all.
/// </summary>
internal static class CostPrior
{
    private const double Nanosecond = 1e-9;

    /// <summary>Start, result and bookkeeping of a point.</summary>
    private const double SecondsPerPoint = 1e-3;

    /// <summary>Drawing the initial condition and touching the state for the first time.</summary>
    private const double SetUpNanosecondsPerNeuron = 40;

    /// <summary>Drawing a target, once where lists are kept.</summary>
    private const double NanosecondsPerTarget = 10;

    /// <summary>A spike's share of scanning, sorting and statistics, whatever its number of targets.</summary>
    private const double NanosecondsPerSpike = 80;

    /// <summary>From here on, neurons are no longer found in the cache, and each spike and event costs as √n.</summary>
    private const double NeuronsInCache = 1e5;

    /// <summary>How many times as much a spike costs where every neuron comes from memory.</summary>
    private const double SlowestMemory = 10;

    // There and back again.
    private const double NanosecondsPerTrial = 20_000;
    private const double NanosecondsPerTrainedNeuron = 100;
    private const double NanosecondsPerTrainedEvent = 60;

    private const double WindowNanosecondsPerSeries = 40;
    private const double NanosecondsPerSeriesPoint = 2.4;

    /// <summary>Longer than anyone will wait, and small enough to be multiplied.</summary>
    private const double MostSeconds = 1e100;

    /// <summary>Positive, at most 10^100.</summary>
    public static double SecondsOf(SimulationParameters p)
    {
        if (p.Network is { } network)
        {
            return Math.Min(SecondsPerPoint + NetworkCostPrior.SecondsOf(p, NetworkExpectation.Of(network)), MostSeconds);
        }

        var spikes = PointEstimate.SpikesOf(p);
        if (p.Training is { } training)
        {
            var nanoseconds = (training.Trials * (NanosecondsPerTrial + (NanosecondsPerTrainedNeuron * p.N)))
                + (spikes * NanosecondsPerTrainedEvent * (p.K + 1));
            return Math.Min(SecondsPerPoint + (nanoseconds * Nanosecond), MostSeconds);
        }

        var distance = Math.Clamp(Math.Sqrt(p.N / NeuronsInCache), 1, SlowestMemory);
        var nanosecondsPerSpike = (NanosecondsPerSpike + (NanosecondsPerEvent(p) * p.K)) * distance;
        var nanosecondsOfSetUp = (SetUpNanosecondsPerNeuron * p.N) + (NanosecondsPerTarget * p.K * Math.Min(spikes, p.N));
        var seconds = SecondsPerPoint + (nanosecondsOfSetUp * Nanosecond) + (spikes * (nanosecondsPerSpike * Nanosecond));
        return Math.Min(seconds, MostSeconds);
    }

    private static double NanosecondsPerEvent(SimulationParameters p) => NanosecondsPerDelivery(p) + NanosecondsPerJacobian(p);

    // The neurons once more and one vector; the others four at a time.
    private static double NanosecondsPerJacobian(SimulationParameters p) => p.LyapunovExponents == 0
        ? 0
        : (p.Model == NeuronModel.QifInhomogeneous ? 40 : 12) + (0.5 * p.LyapunovExponents)
            + (8.0 * p.LyapunovExponents * p.LyapunovExponents / Math.Max(1, p.K));

    private static double NanosecondsPerDelivery(SimulationParameters p)
    {
        if (SimulationParameters.UsesChebyshevOrder(p.Model) && p.ChebyshevOrder > 0)
        {
            return (p.Loop == EventLoop.Window ? WindowNanosecondsPerSeries : 0) + (NanosecondsPerSeriesPoint * p.ChebyshevOrder);
        }

        if (p.Loop == EventLoop.Heap)
        {
            return HeapNanosecondsPerEvent(p.Model);
        }

        var (inhibition, excitation) = WindowNanosecondsPerEvent(p.Model);
        return p.J0 < 0 || p.ExcitatoryFraction > 0 ? excitation : inhibition;
    }

    private static double HeapNanosecondsPerEvent(NeuronModel model) => model switch
    {
        NeuronModel.Lif => 38,
        NeuronModel.Qif or NeuronModel.QifTime or NeuronModel.QifInhomogeneous => 50,
        NeuronModel.Eif => 35,
        NeuronModel.EifChebyshev => 65,
        _ => 120,
    };

    /// <summary>In networks that only inhibit, and in those with excitation.</summary>
    private static (double Inhibition, double Excitation) WindowNanosecondsPerEvent(NeuronModel model) => model switch
    {
        NeuronModel.Qif or NeuronModel.QifTime => (2, 2.5),
        NeuronModel.QifInhomogeneous => (11, 11.5),
        NeuronModel.Eif => (2.5, 8.5),
        NeuronModel.EifChebyshev => (17, 23),
        _ => (0.9, 6.5),
    };
}

using SparseProp.Engine;
using SparseProp.Engine.Populations;
using SparseProp.Sweeps.Networks;

namespace SparseProp.Sweeps;

/// <summary>
/// Seconds that a point of a network of populations takes where its rates are as expected. Measured with Brunel's network of 12,500 neurons and
/// variants of it, and with 10,000 neurons that fire by themselves.
/// </summary>
internal static class NetworkCostPrior
{
    private const double Nanosecond = 1e-9;

    private const double SetUpNanosecondsPerNeuron = 100;
    private const double SetUpNanosecondsPerSynapse = 40;
    private const double SetUpNanosecondsPerOwnValue = 30;
    private const double NanosecondsPerSpike = 100;

    private const double EpochNanosecondsPerEvent = 3;
    private const double EpochNanosecondsPerInput = 11;

    // Inputs, and spikes with a delay for each synapse, come at an instant of their own.
    private const double InstantNanosecondsPerEvent = 70;
    private const double InstantNanosecondsPerInput = 550;
    private const double InstantNanosecondsPerOwnDelay = 700;

    // By series in time, over and over.
    private const double ExponentialNanosecondsPerEvent = 4000;

    /// <summary>Not negative, finite.</summary>
    public static double SecondsOf(SimulationParameters p, NetworkExpectation expected)
    {
        var isFast = expected.Loop == NetworkLoop.Epochs;
        var more = expected.HasExponential ? ExponentialNanosecondsPerEvent : 0;
        var nanosecondsPerSecond =
            (expected.RecurrentPerSecond * ((isFast ? EpochNanosecondsPerEvent : InstantNanosecondsPerEvent) + more))
            + (expected.InputsPerSecond * ((isFast ? EpochNanosecondsPerInput : InstantNanosecondsPerInput) + more))
            + (expected.OwnDelayPerSecond * InstantNanosecondsPerOwnDelay)
            + (expected.RateHz * p.N * NanosecondsPerSpike);
        var setUp = (p.N * SetUpNanosecondsPerNeuron)
            + (expected.Synapses * SetUpNanosecondsPerSynapse)
            + (expected.OwnValues * SetUpNanosecondsPerOwnValue);
        return (setUp + (nanosecondsPerSecond * PointEstimate.SecondsOf(p, expected))) * Nanosecond;
    }
}

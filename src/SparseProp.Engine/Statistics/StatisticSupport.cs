namespace SparseProp.Engine.Statistics;

/// <summary>
/// How many spikes, neurons or windows a statistic must stand on. Below that it is biased, and equally so at all seeds: no confidence interval
/// over seeds shows it. The README of the engine has the measurement behind each number.
/// </summary>
/// <param name="Need">What it takes, in words that follow "it takes".</param>
/// <param name="IsEnough">Whether a simulation of these parameters with this result has it.</param>
public sealed record StatisticSupport(string Need, Func<SimulationParameters, SimulationResult, bool> IsEnough)
{
    /// <summary>Spikes of the network from which a rate errs by less than 1 % for ending with a spike.</summary>
    public const int MinimumSpikes = 100;

    /// <summary>
    /// Spikes per neuron from which long intervals, and neurons with few, are missing so rarely that a mean CV is less than 3 % too small: at 20
    /// it is 9 to 13 % too small.
    /// </summary>
    public const int SpikesPerNeuron = 100;

    /// <summary>Spikes per neuron from which the spread of CV over neurons is that of the neurons, not of the few intervals of each.</summary>
    public const int SpikesPerNeuronOfSpreads = 1000;

    /// <summary>Windows from which the root of a variance of counts is less than 3 % too small.</summary>
    public const int MinimumWindows = 10;

    /// <summary>Samples of all potentials from which χ is less than 2 % too small.</summary>
    public const int MinimumSamples = 100;

    /// <summary>Neurons from which a correlation is one.</summary>
    public const int MinimumNeurons = 10;

    /// <summary>Nothing: it tells itself how sure it is, or is no statistic of spikes.</summary>
    internal static StatisticSupport None { get; } = new("", (_, _) => true);

    internal static StatisticSupport Spikes { get; } = new($"{MinimumSpikes} spikes", (_, r) => r.Spikes >= MinimumSpikes);

    internal static StatisticSupport Neurons { get; } = new($"{SpikesPerNeuron} spikes per neuron", (p, r) => HasPerNeuron(p, r, SpikesPerNeuron));

    internal static StatisticSupport InDegrees { get; } = new(
        $"{SpikesPerNeuron} spikes per neuron and {MinimumNeurons} neurons",
        (p, r) => HasPerNeuron(p, r, SpikesPerNeuron) && p.N >= MinimumNeurons);

    internal static StatisticSupport Intervals { get; } = new(
        $"{SpikesPerNeuron} spikes per neuron, and {SimulationResult.MinimumIntervals} intervals in half of the neurons",
        (p, r) => HasPerNeuron(p, r, SpikesPerNeuron) && IsHalf(r.CvNeurons, p));

    internal static StatisticSupport IntervalSpread { get; } = new(
        $"{SpikesPerNeuronOfSpreads} spikes per neuron, and {SimulationResult.MinimumIntervals} intervals in half of the neurons",
        (p, r) => HasPerNeuron(p, r, SpikesPerNeuronOfSpreads) && IsHalf(r.CvNeurons, p));

    internal static StatisticSupport NeuronCounts { get; } = new(
        $"{SpikesPerNeuron} spikes per neuron, {MinimumWindows} windows, and {Irregularity.MinimumSpikes} spikes in half of the neurons",
        (p, r) => HasPerNeuron(p, r, SpikesPerNeuron) && HasWindows(r, Irregularity.WindowSeconds)
            && IsHalf(r.Irregularity?.FanoNeurons ?? 0, p));

    internal static StatisticSupport Pairs { get; } = new(
        $"{MinimumSpikes} spikes, {MinimumWindows} windows of 1 s and {MinimumNeurons} neurons",
        (p, r) => r.Spikes >= MinimumSpikes && HasWindows(r, Irregularity.WindowSeconds) && p.N >= MinimumNeurons);

    internal static StatisticSupport Samples { get; } = new(
        $"{MinimumSamples} samples, one every {StateSamples.IntervalSeconds * 1000} ms",
        (_, r) => Has(MinimumSamples, StateSamples.IntervalSeconds, r));

    internal static StatisticSupport Windows(double seconds) => new(
        $"{MinimumSpikes} spikes and {MinimumWindows} windows", (_, r) => r.Spikes >= MinimumSpikes && HasWindows(r, seconds));

    private static bool HasPerNeuron(SimulationParameters p, SimulationResult r, int spikes) => r.Spikes >= (double)spikes * p.N;

    private static bool HasWindows(SimulationResult r, double seconds) => Has(MinimumWindows, seconds, r);

    // Rounding does not lose a window.
    private static bool Has(int parts, double seconds, SimulationResult r) => r.SimulatedSeconds >= parts * seconds * (1 - 1e-9);

    private static bool IsHalf(int neurons, SimulationParameters p) => 2L * neurons >= p.N;
}

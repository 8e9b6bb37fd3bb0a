namespace SparseProp.Engine.Statistics;

/// <summary>What one population of a network did in a measurement.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Neurons">Number of its neurons.</param>
/// <param name="Spikes">Their spikes.</param>
/// <param name="RateHz">Mean firing rate per neuron in Hz; NaN where no time passed.</param>
/// <param name="CvIsi">
/// Coefficient of variation of interspike intervals, the mean over neurons with at least <see cref="SimulationResult.MinimumIntervals"/>
/// intervals; null where no neuron has so many, or where it was not asked for.
/// </param>
/// <param name="CvNeurons">Number of neurons that <paramref name="CvIsi"/> is a mean over.</param>
public sealed record PopulationStatistics(string Name, int Neurons, long Spikes, double RateHz, double? CvIsi, int CvNeurons);

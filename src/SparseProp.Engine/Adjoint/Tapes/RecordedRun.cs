namespace SparseProp.Engine.Adjoint.Tapes;

/// <summary>The spikes of a run and the record of how they came about.</summary>
/// <param name="Neurons">The neuron of each spike.</param>
/// <param name="Times">The time of each spike in τ.</param>
/// <param name="Segments">The record in the order of time.</param>
/// <param name="Bytes">What it takes.</param>
/// <param name="Discontinuities">What was near.</param>
internal sealed record RecordedRun(
    int[] Neurons, double[] Times, List<RecordedSegment> Segments, long Bytes, Discontinuities Discontinuities);

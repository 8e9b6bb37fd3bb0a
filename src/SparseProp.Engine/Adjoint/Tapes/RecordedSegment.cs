namespace SparseProp.Engine.Adjoint.Tapes;

/// <summary>A part of a run: its record, or where it began, or both.</summary>
/// <param name="Begin">The state at its begin; null where the whole run is recorded.</param>
/// <param name="Tape">Its record; null where there was no room for it.</param>
/// <param name="Events">Spikes in it, those of inputs included.</param>
internal sealed record RecordedSegment(NetworkState? Begin, TapeSegment? Tape, int Events);

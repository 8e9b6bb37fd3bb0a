namespace SparseProp.Engine.Loops;

/// <summary>A stretch of time, in the terms in which a network orders its spikes.</summary>
/// <param name="Begin">Key of a spike at its beginning.</param>
/// <param name="End">Key of a spike at its end; those in the window are below.</param>
/// <param name="Cut">Shorter than asked for, because keys begin anew behind it.</param>
internal readonly record struct Window(double Begin, double End, bool Cut)
{
    /// <summary>
    /// Neurons that are scanned at a time: it takes microseconds, and between slices cancellation is looked at and room made.
    /// </summary>
    public const int Slice = 1 << 13;
}

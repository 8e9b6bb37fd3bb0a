namespace SparseProp.Engine.Adjoint.Tapes;

/// <summary>The record of some events that follow each other: who spiked, and a note for every synapse that the spike went through.</summary>
/// <remarks>8 bytes for each synaptic event, and 8 for each spike at most.</remarks>
internal sealed class TapeSegment
{
    /// <summary>The neuron that spiked, or the complement of the input.</summary>
    public Growing<int> Sources = new(16);

    /// <summary>How many of the sources each generation has: spikes of one instant that deliver together.</summary>
    public Growing<int> Generations = new(16);

    /// <summary>What the neurons noted, in the order of the sources and of their synapses.</summary>
    public Growing<double> Notes = new(16);

    public long Bytes => (sizeof(int) * ((long)Sources.Items.Length + Generations.Items.Length)) + (sizeof(double) * (long)Notes.Items.Length);

    public void Clear() => (Sources.Count, Generations.Count, Notes.Count) = (0, 0, 0);
}

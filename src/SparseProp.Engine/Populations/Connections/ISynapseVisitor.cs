namespace SparseProp.Engine.Populations.Connections;

/// <summary>Sees the synapses of a projection, each time in the same order.</summary>
internal interface ISynapseVisitor
{
    /// <summary>What follows is drawn for this neuron.</summary>
    void Begin(int owner);

    /// <summary>A synapse between neurons that are counted from 0 within their populations.</summary>
    void Add(int source, int target);
}

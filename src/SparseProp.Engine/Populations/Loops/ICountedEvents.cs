namespace SparseProp.Engine.Populations.Loops;

/// <summary>What only networks of populations count themselves.</summary>
internal interface ICountedEvents
{
    /// <summary>Synapses of all spikes that were shown so far.</summary>
    long SynapticEvents { get; }

    /// <summary>Events of inputs from outside, one for each neuron that receives it, until a time that the network has reached.</summary>
    long ExternalEventsUntil(double seconds);
}

namespace SparseProp.Engine;

/// <summary>What a measurement gathers from the spikes.</summary>
[Flags]
public enum StatisticKinds
{
    /// <summary>Mean rate of the network: no memory.</summary>
    Rate = 0,

    /// <summary>Coefficient of variation of each neuron's interspike intervals: 32 bytes for each neuron.</summary>
    Cv = 1,
}

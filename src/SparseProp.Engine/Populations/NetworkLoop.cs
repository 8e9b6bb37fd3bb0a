using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Loops;

namespace SparseProp.Engine.Populations;

/// <summary>The event loops of networks of populations.</summary>
public enum NetworkLoop
{
    /// <summary>From one instant at which something happens to the next; for any network.</summary>
    Instants,

    /// <summary>Epoch by epoch, each population alone; for what is most common.</summary>
    Epochs,
}

/// <summary>Tells which loop runs a network.</summary>
public static class NetworkLoops
{
    /// <summary>
    /// The loop of a network, unless its initial potentials reach a threshold, which only the seeds tell: then it is <see cref="NetworkLoop.Instants"/>.
    /// </summary>
    public static NetworkLoop Of(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return EpochLoop.Supports(network) ? NetworkLoop.Epochs : NetworkLoop.Instants;
    }
}

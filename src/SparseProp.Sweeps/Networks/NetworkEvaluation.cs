using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;

namespace SparseProp.Sweeps.Networks;

/// <summary>What a network is at one point.</summary>
/// <param name="Description">The network; null where something is wrong.</param>
/// <param name="Values">The values of all declared parameters, and of the paths that were given.</param>
/// <param name="Errors">What is wrong; empty where there is a description.</param>
/// <param name="Warnings">What can be simulated but is far from what is usual, mostly for it was written in another unit.</param>
public sealed record NetworkEvaluation(
    NetworkDescription? Description, NetworkValues Values, IReadOnlyList<SweepFileError> Errors, IReadOnlyList<SweepFileWarning> Warnings);

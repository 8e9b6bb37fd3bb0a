namespace SparseProp.Engine;

/// <summary>Why a parameter cannot be simulated, in words for the user.</summary>
/// <param name="Parameter">
/// Its name in sweep files: n, k, j0, rate, tau, eta, delta_v, seed_ic, seed_net, model, stop, burn_in; or chebyshev_order.
/// </param>
/// <param name="Message">What is wrong and what would be right, one sentence without a final stop.</param>
public sealed record ParameterError(string Parameter, string Message);

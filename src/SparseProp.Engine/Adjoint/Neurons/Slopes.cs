namespace SparseProp.Engine.Adjoint.Neurons;

/// <summary>What an input does to the time to spike θ, θ → h(θ; w, I), to first order.</summary>
/// <param name="ByTime">∂h/∂θ.</param>
/// <param name="ByWeight">∂h/∂w, in τ for each unit of V.</param>
/// <param name="ByDrive">∂h/∂I, in τ for each unit of V.</param>
internal readonly record struct Slopes(double ByTime, double ByWeight, double ByDrive);

using SparseProp.Engine.Loops;

namespace SparseProp.Engine.Stability;

/// <summary>Makes the measurement of a network's Lyapunov exponents.</summary>
internal static class StabilityMeasurements
{
    /// <summary>Null where none are asked for, or where nothing ever happens that perturbations could grow by.</summary>
    public static IStabilityMeasurement? Create(SimulationParameters p, SimulationOptions options)
    {
        if (p.LyapunovExponents == 0 || p.IsSilent || p.K == 0)
        {
            return null;
        }

        return p.Model switch
        {
            NeuronModel.Lif or NeuronModel.LifLookup => Of(new ExponentialShadow<LifInput>(p, new LifInput(p))),
            NeuronModel.Eif or NeuronModel.EifChebyshev => Of(new ExponentialShadow<EifInput>(p, new EifInput(p))),
            NeuronModel.QifInhomogeneous => Of(new SpinShadow(p)),
            NeuronModel.Qif or NeuronModel.QifTime => Of(new DirectionShadow(p)),
            _ => throw new ArgumentOutOfRangeException(nameof(p), p.Model, "no neuron model"),
        };

        IStabilityMeasurement Of<TShadow>(TShadow shadow)
            where TShadow : struct, IShadowNeurons =>
            new StabilityMeasurement<TShadow>(p, shadow, EventLoops.Targets(p, options));
    }

    /// <summary>Bytes for each neuron, without targets.</summary>
    public static long BytesPerNeuron(SimulationParameters p)
    {
        const int Shadow = 32;
        return p.LyapunovExponents == 0 ? 0 : Shadow + ((long)TangentVectors.BytesPerComponent * Math.Min(p.LyapunovExponents, p.N));
    }
}

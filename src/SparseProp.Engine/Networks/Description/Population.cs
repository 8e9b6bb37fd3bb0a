namespace SparseProp.Engine.Networks.Description;

/// <summary>What the neurons of a population are.</summary>
public enum PopulationModel
{
    /// <summary>Leaky: τ dV/dt = rest − V + drive.</summary>
    Lif,

    /// <summary>Quadratic: τ dV/dt = V² + drive.</summary>
    Qif,

    /// <summary>Exponential: τ dV/dt = rest − V + δ·exp((V − onset)/δ) + drive.</summary>
    Eif,

    /// <summary>τ dV/dt = an expression in V.</summary>
    Formula,

    /// <summary>A source of independent Poisson processes.</summary>
    Poisson,

    /// <summary>A source of given spikes.</summary>
    Spikes,
}

/// <summary>Neurons of one model, or sources of spikes.</summary>
/// <remarks>What a model does not read has its default.</remarks>
public sealed record Population
{
    /// <summary>Its name, by which its random numbers are drawn.</summary>
    public required string Name { get; init; }

    public required PopulationModel Model { get; init; }

    /// <summary>Number of neurons, at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>Membrane time constant τ in seconds, above 0.</summary>
    public Quantity Tau { get; init; } = Quantity.Of(0);

    /// <summary>A neuron spikes where V reaches it; +∞ for quadratic and exponential neurons unless said.</summary>
    public Quantity Threshold { get; init; } = Quantity.Of(double.PositiveInfinity);

    /// <summary>V after a spike, below the threshold; −∞ for quadratic neurons unless said.</summary>
    public Quantity Reset { get; init; } = Quantity.Of(double.NegativeInfinity);

    /// <summary>V that a leaky or exponential neuron tends to without drive.</summary>
    public Quantity Rest { get; init; } = Quantity.Of(0);

    /// <summary>Constant drive, in units of voltage.</summary>
    public Quantity Drive { get; init; } = Quantity.Of(0);

    /// <summary>V is held at reset in [t, t + refractory) after a spike at t; in seconds, 0 or more.</summary>
    public Quantity Refractory { get; init; } = Quantity.Of(0);

    /// <summary>Sharpness δ of an exponential neuron's spike, above 0.</summary>
    public double DeltaV { get; init; }

    /// <summary>Where an exponential neuron's spike begins.</summary>
    public double Onset { get; init; }

    /// <summary>Rate of each Poisson source.</summary>
    public TimeCourse Rate { get; init; } = TimeCourse.Constant(0);

    /// <summary>Spikes of a source of given ones: neurons of this population, from 0.</summary>
    public SpikeList? Spikes { get; init; }

    /// <summary>Values of parts of the population; a later one overrides those before it.</summary>
    public IReadOnlyList<Override> Overrides { get; init; } = [];

    /// <summary>Whether its neurons have no state.</summary>
    public bool IsSource => Model is PopulationModel.Poisson or PopulationModel.Spikes;

    /// <summary>Whether neurons with mean values spike without any input.</summary>
    public bool FiresAlone => Model switch
    {
        PopulationModel.Lif => Rest.Mean + Drive.Mean > Threshold.Mean,
        PopulationModel.Qif => Drive.Mean > 0,

        // Where rest + drive − V + δ·exp((V − onset)/δ) has no root.
        PopulationModel.Eif => Rest.Mean + Drive.Mean > Onset - DeltaV,
        _ => false,
    };
}

/// <summary>Another value for a part of a population.</summary>
/// <param name="Of">The part.</param>
/// <param name="Key">The key in a network file: threshold, reset, rest, drive, refractory or tau.</param>
/// <param name="Value">The value.</param>
public sealed record Override(Selection Of, string Key, Quantity Value);

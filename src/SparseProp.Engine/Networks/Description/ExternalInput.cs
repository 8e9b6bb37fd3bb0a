namespace SparseProp.Engine.Networks.Description;

/// <summary>What an input is.</summary>
public enum InputKind
{
    /// <summary>Poisson events.</summary>
    Poisson,

    /// <summary>Given events, which are the same whatever the seeds.</summary>
    Spikes,

    /// <summary>A current, which is added to the drive.</summary>
    Current,
}

/// <summary>Input from outside to one population or a part of it; it acts without delay.</summary>
public sealed record ExternalInput
{
    /// <summary>Its name, by which its random numbers are drawn.</summary>
    public required string Name { get; init; }

    public required Selection To { get; init; }

    public required InputKind Kind { get; init; }

    /// <summary>Poisson events per second of each source, or the current in units of voltage.</summary>
    public TimeCourse Course { get; init; } = TimeCourse.Constant(0);

    /// <summary>Poisson sources of each neuron; their events add up.</summary>
    public double Sources { get; init; } = 1;

    /// <summary>Whether all neurons receive the same events.</summary>
    public bool Shared { get; init; }

    /// <summary>What an event adds to V.</summary>
    public Quantity Weight { get; init; } = Quantity.Of(0);

    /// <summary>The given events: neurons of the population, from 0.</summary>
    public SpikeList? Spikes { get; init; }
}

/// <summary>Given spikes.</summary>
/// <param name="ContentHash">Identifies the content, in a point's key.</param>
/// <param name="Neurons">The neurons, from 0.</param>
/// <param name="Seconds">The times, as many, ascending, 0 or more.</param>
public sealed record SpikeList(string ContentHash, IReadOnlyList<int> Neurons, IReadOnlyList<double> Seconds);

/// <summary>The initial potential of a population or a part of it.</summary>
public sealed record InitialValue(Selection Of, Quantity Potential);

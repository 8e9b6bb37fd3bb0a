using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Connections;
using SparseProp.Engine.Populations.Draws;
using SparseProp.Engine.Populations.Inputs;
using SparseProp.Engine.Populations.Neurons;

namespace SparseProp.Engine.Populations;

/// <summary>A population in a network that runs: its neurons, or its source's spikes.</summary>
/// <param name="Description">What it is.</param>
/// <param name="First">The number of its first neuron in the network.</param>
internal sealed record PopulationPart(Population Description, int First)
{
    public PulseNeurons? Neurons { get; init; }

    public TimedEvents? Source { get; init; }

    public int Size => Description.Size;
}

/// <summary>A projection in a network that runs.</summary>
/// <param name="Source">The place of its source population.</param>
/// <param name="Target">The place of its target population.</param>
/// <param name="Rows">Its synapses.</param>
internal sealed record Pathway(int Source, int Target, SynapseRows Rows);

/// <summary>An input in a network that runs.</summary>
/// <param name="Target">The place of its population.</param>
/// <param name="Neurons">Who receives it.</param>
/// <param name="Weights">What an event adds to the V of each of them.</param>
/// <param name="IsShared">Whether all receive each event.</param>
/// <param name="Events">The events.</param>
internal sealed record InputPart(int Target, int[] Neurons, double[] Weights, bool IsShared, TimedEvents Events);

/// <summary>A drive that changes.</summary>
/// <param name="Tick">When.</param>
/// <param name="Target">The place of the population.</param>
/// <param name="Neurons">Whose drive.</param>
/// <param name="Difference">By how much.</param>
internal sealed record DriveStep(long Tick, int Target, int[] Neurons, double Difference);

/// <summary>Makes a network from its description and seeds.</summary>
internal sealed class NetworkParts : IDisposable
{
    /// <param name="network">A network that can be simulated.</param>
    /// <param name="seedIc">Seed of initial values.</param>
    /// <param name="seedNet">Seed of connections, weights, delays and the neurons' own parameters.</param>
    /// <param name="seedInput">Seed of inputs.</param>
    /// <param name="hasNeurons">Whether to make neurons, too.</param>
    public NetworkParts(NetworkDescription network, long seedIc, long seedNet, long seedInput, bool hasNeurons = true)
    {
        var first = 0;
        foreach (var population in network.Populations)
        {
            Populations.Add(PartOf(network, population, first, seedIc, seedNet, seedInput, hasNeurons));
            first += population.Size;
        }

        OutDegrees = new int[first];
        var pathways = new List<Pathway>();
        foreach (var projection in network.Projections)
        {
            var (source, target) = (PlaceOf(projection.From.Population), PlaceOf(projection.To.Population));
            var rows = new SynapseRows(
                projection, Populations[source].Size, Populations[target].Size, SilencedOf(network, projection.From.Population, seedNet), seedNet);
            pathways.Add(new Pathway(source, target, rows));
            for (var i = 0; i < Populations[source].Size; i++)
            {
                OutDegrees[Populations[source].First + i] += (int)(rows.End(i) - rows.Begin(i));
            }
        }

        Pathways = [.. pathways.OrderBy(pathway => pathway.Source)];
        Inputs = [.. network.Inputs.Where(input => input.Kind != InputKind.Current).Select(input => PartOf(input, seedNet, seedInput))];
        Steps = [.. network.Inputs.Where(input => input.Kind == InputKind.Current).SelectMany(input => StepsOf(input, seedNet)).OrderBy(step => step.Tick)];
    }

    public List<PopulationPart> Populations { get; } = [];

    /// <summary>In the order of their source populations.</summary>
    public IReadOnlyList<Pathway> Pathways { get; }

    public IReadOnlyList<InputPart> Inputs { get; }

    /// <summary>In the order of their times.</summary>
    public IReadOnlyList<DriveStep> Steps { get; }

    /// <summary>Synapses of each neuron of the network.</summary>
    public int[] OutDegrees { get; }

    /// <summary>Whether spikes act at their own instant.</summary>
    public bool IsWithoutDelay => Pathways.All(pathway => pathway.Rows.MostDelay == 0);

    public long Bytes => Populations.Sum(part => (part.Neurons?.Bytes ?? 0) + (part.Source?.Bytes ?? 0))
        + Pathways.Sum(pathway => pathway.Rows.Bytes) + Inputs.Sum(input => input.Events.Bytes + (input.Neurons.Length * 12L)) + (OutDegrees.Length * 4L);

    public void Dispose()
    {
        foreach (var part in Populations)
        {
            part.Neurons?.Dispose();
        }

        foreach (var pathway in Pathways)
        {
            pathway.Rows.Dispose();
        }
    }

    private static PopulationPart PartOf(
        NetworkDescription network, Population population, int first, long seedIc, long seedNet, long seedInput, bool hasNeurons)
    {
        var part = new PopulationPart(population, first);
        if (population.Model == PopulationModel.Spikes)
        {
            return part with { Source = new GivenEvents(population.Spikes!.Seconds, population.Spikes.Neurons) };
        }

        if (population.Model == PopulationModel.Poisson)
        {
            var stream = RandomWords.StreamOf(seedInput, "source", population.Name);
            return part with { Source = new PoissonEvents(stream, new RateCourse(population.Rate), 1, population.Size) };
        }

        if (!hasNeurons)
        {
            return part;
        }

        var potentials = InitialPotentials.Of(network, population, seedIc, seedNet);
        var values = new NeuronValues(population, seedNet);
        return part with
        {
            Neurons = population.Model switch
            {
                PopulationModel.Lif => new PulseNeurons<LeakyMembrane>(default, values, potentials),
                PopulationModel.Qif => new PulseNeurons<QuadraticMembrane>(default, values, potentials),
                PopulationModel.Eif => new PulseNeurons<ExponentialMembrane>(new(population.DeltaV, population.Onset), values, potentials),
                _ => throw new InvalidOperationException($"No neurons of the model {population.Model}."),
            },
        };
    }

    private static bool[]? SilencedOf(NetworkDescription network, string population, long seedNet)
    {
        bool[]? silenced = null;
        var size = network.Populations.First(p => p.Name == population).Size;
        foreach (var selection in network.Silenced.Where(selection => selection.Population == population))
        {
            silenced ??= new bool[size];
            foreach (var neuron in Selections.NeuronsOf(selection, size, seedNet))
            {
                silenced[neuron] = true;
            }
        }

        return silenced;
    }

    private InputPart PartOf(ExternalInput input, long seedNet, long seedInput)
    {
        var target = PlaceOf(input.To.Population);
        var neurons = Selections.NeuronsOf(input.To, Populations[target].Size, seedNet);
        var (stream, draw) = (RandomWords.StreamOf(seedNet, "input weights", input.Name), new QuantityDraw(input.Weight));
        var weights = new double[neurons.Length];
        for (var place = 0; place < weights.Length; place++)
        {
            var words = RandomWords.Of(stream, neurons[place]);
            weights[place] = draw.Next(place, ref words);
        }

        return new InputPart(target, neurons, weights, input.Shared, EventsOf(input, neurons, seedInput));
    }

    private static TimedEvents EventsOf(ExternalInput input, int[] neurons, long seedInput)
    {
        if (input.Kind == InputKind.Poisson)
        {
            var stream = RandomWords.StreamOf(seedInput, "input", input.Name);
            return new PoissonEvents(stream, new RateCourse(input.Course), input.Sources, input.Shared ? 1 : neurons.Length);
        }

        // Events of neurons that are not among those selected are nobody's.
        var spikes = input.Spikes!;
        var places = spikes.Neurons.Select(neuron => Array.BinarySearch(neurons, neuron)).ToArray();
        var heard = Enumerable.Range(0, places.Length).Where(i => places[i] >= 0).ToArray();
        return new GivenEvents(Array.ConvertAll(heard, i => spikes.Seconds[i]), Array.ConvertAll(heard, i => places[i]));
    }

    private IEnumerable<DriveStep> StepsOf(ExternalInput input, long seedNet)
    {
        var target = PlaceOf(input.To.Population);
        var neurons = Selections.NeuronsOf(input.To, Populations[target].Size, seedNet);
        var before = 0.0;
        for (var i = 0; i < input.Course.Times.Count; i++)
        {
            yield return new DriveStep(Ticks.Of(input.Course.Times[i]), target, neurons, input.Course.Values[i] - before);
            before = input.Course.Values[i];
        }
    }

    private int PlaceOf(string population) => Populations.FindIndex(part => part.Description.Name == population);
}

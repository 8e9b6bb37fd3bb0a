using SparseProp.Engine.Loops;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Loops;
using SparseProp.Engine.Populations.Neurons;

namespace SparseProp.Engine.Populations;

/// <summary>Makes the event loop of a network of populations.</summary>
internal static class PopulationLoops
{
    /// <param name="p">With a network that can be simulated.</param>
    public static IEventLoop Create(SimulationParameters p) => (IEventLoop?)CreateFast(p) ?? CreateGeneral(p);

    /// <summary>The loop for any network.</summary>
    public static InstantLoop CreateGeneral(SimulationParameters p) => new(new NetworkParts(p.Network!, p.SeedIc, p.SeedNet, p.SeedInput));

    /// <summary>The loop for what is most common; null where the network is not.</summary>
    public static EpochLoop? CreateFast(SimulationParameters p)
    {
        var network = p.Network!;
        if (!EpochLoop.Supports(network))
        {
            return null;
        }

        double[]?[] potentials = [.. network.Populations.Select(population =>
            population.IsSource ? null : InitialPotentials.Of(network, population, p.SeedIc, p.SeedNet))];
        var isBelow = network.Populations.Zip(potentials).All(pair => pair.Second is null || pair.Second.Max() < LevelOf(pair.First));
        return isBelow ? new(network, new(network, p.SeedIc, p.SeedNet, p.SeedInput, hasNeurons: false), potentials) : null;
    }

    private static double LevelOf(Population population) => NeuronValues.LevelOf(
        population.Model, population.Threshold.First, population.Reset.First, population.Rest.First + population.Drive.First);
}

using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Draws;
using SparseProp.Engine.Populations.Neurons;

namespace SparseProp.Engine.Populations;

/// <summary>The V that neurons begin with: their reset where nothing else is said.</summary>
internal static class InitialPotentials
{
    public static double[] Of(NetworkDescription network, Population population, long seedIc, long seedNet)
    {
        var values = new double[population.Size];
        NeuronValues.Draw(population, "reset", population.Reset, values, seedNet);
        var stream = RandomWords.StreamOf(seedIc, "initial", population.Name);
        foreach (var initial in network.Initial.Where(initial => initial.Of.Population == population.Name))
        {
            var draw = new QuantityDraw(initial.Potential);
            var neurons = Selections.NeuronsOf(initial.Of, population.Size, seedNet);
            for (var place = 0; place < neurons.Length; place++)
            {
                var words = RandomWords.Of(stream, neurons[place]);
                values[neurons[place]] = draw.Next(place, ref words);
            }
        }

        return values;
    }
}

using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Populations.Draws;

/// <summary>Which neurons selections name.</summary>
internal static class Selections
{
    /// <summary>
    /// The neurons, counted from 0 within their population, ascending. A fraction takes those with the lowest random words: the same
    /// fraction of a population is the same neurons wherever it is named, and a larger one contains a smaller.
    /// </summary>
    public static int[] NeuronsOf(Selection selection, int size, long seedNet)
    {
        if (selection.Neurons is { } listed)
        {
            return [.. listed];
        }

        var all = Enumerable.Range(0, size).ToArray();
        if (selection.Fraction is not { } fraction)
        {
            return all;
        }

        var stream = RandomWords.StreamOf(seedNet, "fraction", selection.Population);
        var keys = Array.ConvertAll(all, neuron => RandomWords.KeyOf(stream, neuron));
        Array.Sort(keys, all);
        var chosen = all[..CountOf(fraction, size)];
        Array.Sort(chosen);
        return chosen;
    }

    public static int CountOf(Selection selection, int size) =>
        selection.Neurons?.Count ?? (selection.Fraction is { } fraction ? CountOf(fraction, size) : size);

    private static int CountOf(double fraction, int size) => (int)Math.Round(fraction * size, MidpointRounding.AwayFromZero);
}

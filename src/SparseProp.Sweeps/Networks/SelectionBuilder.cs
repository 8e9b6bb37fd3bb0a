using System.Collections;
using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Makes parts of populations whose sizes are known.</summary>
internal sealed class SelectionBuilder(
    NetworkDraft draft, double[] values, Func<string, SelectionList> choices, Action<Position, string, string> fail)
{
    public int SizeOf(string population) => (int)values[draft.Populations[population].Size.Place];

    /// <summary>How many neurons a part has.</summary>
    public int CountOf(Selection part) => part.Neurons?.Count
        ?? (part.Fraction is { } fraction ? (int)Math.Round(fraction * SizeOf(part.Population), MidpointRounding.AwayFromZero) : SizeOf(part.Population));

    /// <summary>The parts; those that are impossible are noted and left out.</summary>
    public IReadOnlyList<Selection> Build(SelectionList list, string key)
    {
        var parts = new List<Selection>();
        foreach (var part in list.Parts(choices))
        {
            if (Build(part, key) is { } built)
            {
                parts.Add(built);
            }
        }

        return parts;
    }

    private Selection? Build(SelectionTemplate part, string key)
    {
        var size = SizeOf(part.Population);
        var largest = part.Range is var (_, last) ? last : part.Listed is [.., var highest] ? highest : -1;
        if (largest >= size)
        {
            fail(part.At, key, $"{part} has neuron {largest}, but {part.Population} has {size}, counted from 0");
            return null;
        }

        return new Selection(part.Population)
        {
            Neurons = part.Range is var (from, to) ? new Run(from, to) : part.Listed,
            Fraction = part.Fraction is { } slot ? slot.Place < 0 ? slot.Default : values[slot.Place] : null,
        };
    }

    /// <summary>Neurons that follow each other, not written out.</summary>
    private sealed class Run(int first, int last) : IReadOnlyList<int>
    {
        public int Count => last - first + 1;

        public int this[int index] => index >= 0 && index < Count ? first + index : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<int> GetEnumerator() => Enumerable.Range(first, Count).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

using SparseProp.Engine;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>stop</c> and <c>burn_in</c>.</summary>
internal sealed class LengthReader(ErrorList errors)
{
    private const string Units = "spikes_per_neuron, spikes or seconds";

    private static readonly string[] Keys = ["spikes_per_neuron", "spikes", "seconds"];

    /// <summary>The length and where its amount stands, or null after noting what is wrong with it.</summary>
    public (RunLength Length, Position At)? Read(MapEntry entry)
    {
        if (entry.Value is not MapNode map)
        {
            errors.Add(
                entry.Value.At,
                entry.Key,
                $"expected a length but found {entry.Value.Description}; write {entry.Key}: {{ spikes_per_neuron: 20 }}");
            return null;
        }

        if (!OnlyKnownKeys(entry.Key, map))
        {
            return null;
        }

        if (map.Entries.Count != 1)
        {
            var what = map.Entries.Count == 0 ? "the length is empty" : "a length has one unit only";
            errors.Add(map.At, entry.Key, $"{what}; write exactly one of {Units}");
            return null;
        }

        return ReadAmount(entry.Key, map.Entries[0]);
    }

    private bool OnlyKnownKeys(string section, MapNode map)
    {
        var known = true;
        foreach (var unit in map.Entries.Where(unit => !Keys.Contains(unit.Key)))
        {
            errors.Add(
                unit.KeyAt,
                section,
                $"unknown unit `{Excerpt.Of(unit.Key)}`{NearestName.Hint(unit.Key, Keys)}; write exactly one of {Units}");
            known = false;
        }

        return known;
    }

    private (RunLength Length, Position At)? ReadAmount(string section, MapEntry unit)
    {
        if (unit.Value is not ScalarNode { IsPlain: true, IsNull: false } scalar)
        {
            errors.Add(unit.Value.At, section, $"{unit.Key} must be a number, not {unit.Value.Description}");
            return null;
        }

        double amount;
        string? problem;
        if (unit.Key == "spikes")
        {
            problem = Numbers.TryInteger(scalar.Text, out var count);
            amount = count;
        }
        else
        {
            problem = Numbers.TryReal(scalar.Text, out amount);
        }

        if (problem is not null)
        {
            errors.Add(scalar.At, section, $"{unit.Key}: {problem}");
            return null;
        }

        return (LengthOf(unit.Key, amount), scalar.At);
    }

    private static RunLength LengthOf(string unit, double amount) => unit switch
    {
        "spikes" => new(RunUnit.Spikes, amount),
        "spikes_per_neuron" => new(RunUnit.SpikesPerNeuron, amount),
        _ => new(RunUnit.Seconds, amount),
    };
}

using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>expect</c>: statistics, each with a band or a list of bands.</summary>
internal sealed class ExpectationReader(ErrorList errors, AxisReader axes, SpecDraft draft)
{
    private const string Example = "expect: { rate: { k: 100, min: 3.39, max: 3.42 } }";

    public IReadOnlyList<(Expectation Expectation, Position At)> Read(MapEntry entry)
    {
        if (entry.Value is not MapNode map)
        {
            errors.Add(entry.Value.At, entry.Key, $"expected statistics and their bands but found {entry.Value.Description}; write {Example}");
            return [];
        }

        var expectations = new List<(Expectation, Position)>();
        foreach (var statistic in map.Entries)
        {
            if (StatisticName.Find(statistic.Key, draft, out var fault) is not { } known)
            {
                errors.Add(statistic.KeyAt, entry.Key, fault);
                continue;
            }

            IEnumerable<Node> bands = statistic.Value is ListNode list ? list.Items : [statistic.Value];
            expectations.AddRange(bands.Select(band => ReadBand(known, statistic, band)).OfType<(Expectation, Position)>());
        }

        return expectations;
    }

    private (Expectation Expectation, Position At)? ReadBand(Statistic statistic, MapEntry entry, Node node)
    {
        if (node is not MapNode band)
        {
            errors.Add(node.At, entry.Key, $"expected a band but found {node.Description}; write {Example}");
            return null;
        }

        var (min, max) = (double.NegativeInfinity, double.PositiveInfinity);
        var conditions = new List<ExpectedPoint>();
        foreach (var part in band.Entries)
        {
            switch (part.Key)
            {
                case "min":
                    min = ReadBound(part) ?? min;
                    break;
                case "max":
                    max = ReadBound(part) ?? max;
                    break;
                case var name when draft.FindParameter(name) is { IsSeed: false } parameter:
                    if (axes.ReadFixed(parameter, part) is { } value)
                    {
                        conditions.Add(new ExpectedPoint(parameter, value.Values[0], value.TextAt(0), part.Value.At));
                    }

                    break;
                case var name when draft.FindParameter(name) is { IsSeed: true }:
                    errors.Add(part.KeyAt, entry.Key, $"{name} is a seed, and seeds cannot select: a band is for the mean over them");
                    break;
                // Whoever cannot read the network's names need not be told that they are unknown.
                case var _ when draft.HasNetwork && draft.Network is null:
                    break;
                default:
                    errors.Add(
                        part.KeyAt,
                        entry.Key,
                        $"unknown key `{Excerpt.Of(part.Key)}`{NearestName.Hint(part.Key, Keys())}; a band has min, max and parameters that are no seeds");
                    break;
            }
        }

        if (!band.Entries.Any(part => part.Key is "min" or "max"))
        {
            errors.Add(band.At, entry.Key, $"a band needs min or max; write {Example}");
        }
        else if (min > max)
        {
            errors.Add(band.At, entry.Key, FormattableString.Invariant($"nothing lies between min = {min} and max = {max}"));
        }

        return (new Expectation(statistic, conditions, min, max), band.At);
    }

    private IEnumerable<string> Keys() =>
        ["min", "max", .. draft.Network is { } network
            ? network.Template.Parameters.Select(parameter => parameter.Name)
            : AxisParameters.OfSimulations.Concat(AxisParameters.OfTraining).Where(parameter => !parameter.IsSeed).Select(parameter => parameter.Name)];

    private double? ReadBound(MapEntry entry)
    {
        if (entry.Value is not ScalarNode { IsPlain: true, IsNull: false } scalar)
        {
            errors.Add(entry.Value.At, entry.Key, $"expected a number but found {entry.Value.Description}");
            return null;
        }

        if (Numbers.TryReal(scalar.Text, out var value) is { } problem)
        {
            errors.Add(scalar.At, entry.Key, problem);
            return null;
        }

        return value;
    }
}

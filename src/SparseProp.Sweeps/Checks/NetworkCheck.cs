using SparseProp.Engine;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Networks;
using SparseProp.Sweeps.Reading;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Checks;

/// <summary>
/// Whether the network of a sweep can be simulated at its points. All are looked at where they are not too many, seeds aside; of more, the
/// ends of the axes, and a warning says so.
/// </summary>
internal sealed class NetworkCheck(SpecDraft draft, ErrorList errors)
{
    /// <summary>So many networks are looked at where each has few numbers; a second or two.</summary>
    private const long MostNetworks = 100_000;

    private const long FewestNetworks = 64;

    /// <summary>So many numbers are computed in all.</summary>
    private const long MostNumbers = 50_000_000;

    /// <summary>Errors of so many networks are told: more of the same help nobody.</summary>
    private const int MostFaulty = 10;

    private readonly HashSet<string> _told = [];
    private readonly Dictionary<UInt128, NetworkValues> _seen = [];

    /// <summary>Notes sections that say nothing about a network of one's own.</summary>
    public void RefuseSections()
    {
        foreach (var (section, advice) in (IEnumerable<(string, string)>)
        [
            ("model", "the network says what its neurons are; remove model, or the network"),
            ("task", "networks of one's own cannot be trained yet; remove task"),
            ("train", "networks of one's own cannot be trained yet; remove train"),
        ])
        {
            if (draft.Sections.TryGetValue(section, out var at) && (section != "task" || draft.IsTraining))
            {
                errors.Add(at, section, advice);
            }
        }
    }

    public void Run()
    {
        if (errors.Any || draft.Network is not { } network)
        {
            return;
        }

        var digits = DigitsOf();

        // The first evaluation tells how many numbers there are: rows of files, too.
        network.Template.Evaluate(NetworkValues.Empty);
        var most = Math.Clamp(MostNumbers / network.Template.Work, FewestNetworks, MostNetworks);
        var all = digits.Aggregate((Int128)1, (product, digit) => product * digit.Count);
        var places = digits.Select(digit => all <= most ? [.. Enumerable.Range(0, (int)digit.Count).Select(i => (long)i)] : SomeOf(digit)).ToList();
        var count = Limit(digits, places, most);
        var faulty = 0;
        for (var index = 0L; index < count && faulty < MostFaulty && !errors.Full; index++)
        {
            var point = PointAt(digits, places, index);
            var evaluation = network.Template.Evaluate(point.NetworkValues ?? NetworkValues.Empty);
            faulty += Tell(evaluation, point) ? 1 : 0;
        }

        if (all > count && !errors.Any)
        {
            var at = draft.Sections[NetworkSection.Key];
            draft.NetworkWarnings.Add(new(
                errors.File, at.Line, at.Column, NetworkSection.Key, $"of the sweep's {all} networks, {count} were looked at, at the ends of the axes; others may fail when they are run"));
        }
    }

    private static int Limit(List<AxisGroup> digits, List<List<long>> places, long most)
    {
        while (places.Aggregate(1.0, (product, some) => product * some.Count) > most)
        {
            var longest = places.IndexOf(places.MaxBy(some => some.Count)!);
            places[longest] = places[longest].Count > 2 ? [0, digits[longest].Count - 1] : [0];
        }

        return places.Aggregate(1, (product, some) => product * some.Count);
    }

    private List<AxisGroup> DigitsOf()
    {
        List<AxisGroup> digits = [.. draft.Grid.Where(axis => !axis.IsReplicate).Select(axis => new AxisGroup([axis]))];
        return draft.Zip.All(axis => axis.IsReplicate) ? digits : [.. digits, new AxisGroup(draft.Zip)];
    }

    private static List<long> SomeOf(AxisGroup digit) => [.. digit.Axes.SelectMany(axis => axis.Values.Probes.Take(64)).Append(digit.Count - 1).Distinct().Order()];

    private SimulationParameters PointAt(List<AxisGroup> digits, List<List<long>> places, long index)
    {
        var at = new long[digits.Count];
        for (var d = digits.Count - 1; d >= 0; d--)
        {
            (index, var place) = Math.DivRem(index, places[d].Count);
            at[d] = places[d][(int)place];
        }

        // In the order of the file, in which messages name the values.
        var point = draft.Fixed.Aggregate(SimulationParameters.Defaults, (p, axis) => axis.Parameter.Set(p, axis.Values[0]));
        return digits.Index().Aggregate(point, (p, digit) => digit.Item.Apply(p, at[digit.Index]));
    }

    /// <returns>Whether something is wrong.</returns>
    private bool Tell(NetworkEvaluation evaluation, SimulationParameters point)
    {
        foreach (var error in evaluation.Errors.Where(error => _told.Add(error.ToString())))
        {
            errors.Add(error);
        }

        if (evaluation.Description is not { } network)
        {
            return true;
        }

        foreach (var warning in evaluation.Warnings.Where(warning => _told.Add(warning.ToString())))
        {
            draft.NetworkWarnings.Add(warning);
        }

        var before = errors.Count;
        RefuseRepeated(network, point.NetworkValues ?? NetworkValues.Empty);
        var complete = point with
        {
            Network = network,
            NetworkValues = evaluation.Values,
            N = (int)network.Neurons,
            Stop = draft.Stop?.Length ?? RunLength.Seconds(1),
            BurnIn = draft.BurnIn?.Length ?? RunLength.None,
            Topology = draft.Topology,
            Loop = draft.Loop,
            Record = draft.Record,
            LyapunovExponents = draft.LyapunovExponents,
            Training = draft.Training,
        };
        foreach (var error in ParameterRules.Check(complete).Where(error => _told.Add(error.Message)))
        {
            var at = draft.Sections.GetValueOrDefault(error.Parameter, draft.Sections[NetworkSection.Key]);
            errors.Add(at, error.Parameter, error.Message + (draft.Sections.ContainsKey(error.Parameter) ? "" : PointOf(point)));
        }

        return errors.Count > before;
    }

    // Points are known by their networks: two that are the same would be simulated and recorded once.
    private void RefuseRepeated(NetworkDescription network, NetworkValues values)
    {
        var hash = CanonicalText.HashOf(network);
        if (_seen.TryAdd(hash, values))
        {
            return;
        }

        var differing = values.All.Where(value => _seen[hash].Find(value.Name) is { } other && !other.Equals(value)).ToList();
        var axis = draft.All.FirstOrDefault(axis => differing.Exists(value => value.Name == axis.Name));
        if (axis is not null && _told.Add($"repeated {axis.Name}"))
        {
            errors.Add(
                axis.KeyAt,
                axis.Name,
                $"points that differ in {string.Join(", ", differing.Select(value => value.Name))} only are the same network, such as that with {Text(_seen[hash], differing)} and that with "
                + $"{Text(values, differing)}, and would be simulated once; leave one out, or let the network read it");
        }
    }

    private string Text(NetworkValues values, List<NetworkValue> differing) => string.Join(
        ", ", differing.Select(value => $"{value.Name} = {draft.Network!.Template.Find(value.Name)!.TextOf(values.Find(value.Name)!.Value.Value)}"));

    private string PointOf(SimulationParameters point)
    {
        var values = (point.NetworkValues ?? NetworkValues.Empty).All.Select(pair => $"{pair.Name} = {draft.Network!.Template.Find(pair.Name)!.TextOf(pair.Value)}").ToList();
        return values.Count == 0 ? "" : $" ({string.Join(", ", values)})";
    }
}

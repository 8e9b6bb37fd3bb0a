using System.Globalization;
using System.Text.RegularExpressions;
using SparseProp.Engine;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads populations and parts of them: <c>E</c>, <c>E[0..99]</c>, <c>E[5]</c>, <c>E[fraction: 0.1]</c>, <c>fly[ids: some.csv]</c>.</summary>
internal sealed partial class SelectionReader(NetworkDraft draft, ErrorList errors)
{
    private const string Forms = "write E, E[0..99], E[fraction: 0.1] or E[ids: some.csv]";

    private const int MostItems = 1000;

    /// <summary>Whether a text is meant to be a part of a population rather than an expression.</summary>
    public bool IsSelection(string text) =>
        draft.PopulationNames.Contains(text.Trim()) || (PartForm().Match(text) is { Success: true } part && part.Groups["name"].Value != "file" && part.Groups["part"].Success);

    /// <summary>One or a list of them; null after noting what is wrong.</summary>
    /// <param name="node">What is written.</param>
    /// <param name="key">The key that it is the value of.</param>
    /// <param name="allowsParameters">Whether a parameter may stand for some.</param>
    public SelectionList? Read(Node node, string key, bool allowsParameters = true)
    {
        var nodes = node is ListNode list ? list.Items : [node];
        if (nodes.Count > MostItems)
        {
            errors.Add(node.At, key, $"the list has more than {MostItems} parts; list the neurons in a file: E[ids: some.csv]");
            return null;
        }

        var items = new List<(SelectionTemplate?, string?)>();
        foreach (var item in nodes)
        {
            if (ReadItem(item, key, allowsParameters) is not { } read)
            {
                return null;
            }

            items.Add(read);
        }

        return new SelectionList(items);
    }

    private (SelectionTemplate? Part, string? Parameter)? ReadItem(Node node, string key, bool allowsParameters)
    {
        if (node is not ScalarNode { IsNull: false } scalar || PartForm().Match(scalar.Text) is not { Success: true } match)
        {
            errors.Add(node.At, key, $"expected a population or a part of one but found {node.Description}; {Forms}");
            return null;
        }

        var name = match.Groups["name"].Value;
        if (!draft.PopulationNames.Contains(name))
        {
            if (allowsParameters && !match.Groups["part"].Success && draft.Parameters.TryGetValue(name, out var parameter))
            {
                if (parameter.Selections is not null)
                {
                    return (null, name);
                }

                errors.Add(node.At, key, $"the parameter {name} is a number, no part of a population");
                return null;
            }

            var hint = NearestName.Hint(name, draft.PopulationNames);
            var known = draft.PopulationNames.Count == 0 ? "none is declared" : $"populations are {string.Join(", ", draft.PopulationNames.Take(20))}";
            errors.Add(node.At, key, $"there is no population `{name}`{hint}; {known}");
            return null;
        }

        var whole = new SelectionTemplate(name, node.At, scalar.Text.Trim());
        return match.Groups["part"].Success ? ReadPart(whole, scalar, match, key) is { } part ? (part, null) : null : (whole, null);
    }

    private SelectionTemplate? ReadPart(SelectionTemplate whole, ScalarNode scalar, Match match, string key)
    {
        if (match.Groups["first"] is { Success: true } first)
        {
            var last = match.Groups["last"].Success ? match.Groups["last"].Value : first.Value;
            if (!int.TryParse(first.Value, CultureInfo.InvariantCulture, out var begin) || !int.TryParse(last, CultureInfo.InvariantCulture, out var end) || end < begin)
            {
                errors.Add(scalar.At, key, $"{scalar.Shown} has no neurons; a range runs upwards from 0, and its end is in it");
                return null;
            }

            return whole with { Range = (begin, end) };
        }

        if (match.Groups["ids"] is { Success: true } ids)
        {
            // A population that could not be read has an error of its own.
            if (!draft.Populations.TryGetValue(whole.Population, out var population))
            {
                return null;
            }

            var column = new NeuronColumn(population.Labels, isOneBased: false);
            var table = NetworkDraft.Load(errors, scalar.At, key, () => DataTable.Read(draft.Files, ids.Value.Trim(), [new("neuron", [], column)]));
            return table is null ? null : whole with { Listed = [.. column.Values.Distinct().Order()] };
        }

        if (match.Groups["fraction"] is { Success: true } fraction)
        {
            var number = scalar with { At = scalar.PositionOf(fraction.Index), Text = fraction.Value.Trim(), IsPlain = true };
            return Formula.Read(number, key, errors) is { } formula && FractionOf(formula, key) is { } share ? whole with { Fraction = share } : null;
        }

        errors.Add(scalar.At, key, $"{scalar.Shown} is no part of a population; {Forms}");
        return null;
    }

    // Once the network is read, a value has to be known at once.
    private Slot? FractionOf(Formula formula, string key)
    {
        var slot = new Slot($"{key}.fraction", formula.Node.At, NumberRule.Share, formula, 0);
        if (!draft.Slots.IsBound)
        {
            return draft.Slots.Add(slot);
        }

        var evaluation = new Evaluation([]);
        var share = formula.Root.ValueIn(evaluation);
        if ((evaluation.Failure?.Reason ?? NumberRule.Share.Apply(ref share)) is { } fault)
        {
            errors.Add(formula.Node.At, key, $"{formula}: {fault}");
            return null;
        }

        return new Slot(slot.Name, slot.At, slot.Rule, null, share);
    }

    [GeneratedRegex(
        @"^\s*(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*(?<part>\[\s*((?<first>[0-9]+)(\s*\.\.\s*(?<last>[0-9]+))?|ids\s*:(?<ids>[^\]]+)|fraction\s*:\s*(?<fraction>[^\]]+)|[^\]]*)\s*\])?\s*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex PartForm();
}

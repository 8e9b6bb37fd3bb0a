using SparseProp.Engine.Networks.Description;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Reads numbers, distributions, columns of files and functions of time.</summary>
internal sealed class QuantityReader(NetworkDraft draft)
{
    private static readonly (string Key, QuantityKind Kind, string Parts)[] Distributions =
    [
        ("normal", QuantityKind.Normal, "[mean, standard deviation]"),
        ("lognormal", QuantityKind.Lognormal, "[mean, standard deviation]"),
        ("uniform", QuantityKind.Uniform, "[from, to]"),
    ];

    private static readonly string[] DistributionKeys = ["normal", "lognormal", "uniform", "min", "max"];
    private static readonly string[] CourseKeys = ["steps", "sine"];
    private static readonly string[] SineKeys = ["mean", "amplitude", "frequency", "phase"];

    /// <summary>A number; null after noting that it is none.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="path">The path under which a sweep may vary it; null where it may not.</param>
    /// <param name="node">What is written.</param>
    /// <param name="rule">What it may be.</param>
    /// <param name="isNamed">Whether expressions may name it.</param>
    public Slot? ReadNumber(string name, string? path, Node node, NumberRule rule, bool isNamed = false) =>
        ReadFormula(name, node, rule) is { } formula ? draft.Slots.Add(new Slot(name, node.At, rule, formula, 0), path, isNamed) : null;

    /// <summary>A number that has its default; nobody wrote it, but a sweep may vary it.</summary>
    public ValueTemplate Default(string name, string? path, Position at, NumberRule rule, double value, bool isNamed = false) =>
        new(name, at, QuantityKind.Constant) { Rule = rule, First = draft.Slots.Add(new Slot(name, at, rule, null, value), path, isNamed) };

    /// <summary>A quantity; null after noting what is wrong.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="path">The path under which a sweep may vary it; null where it may not.</param>
    /// <param name="node">What is written.</param>
    /// <param name="rule">What it may be.</param>
    /// <param name="mayVary">Whether it may be a distribution.</param>
    /// <param name="isNamed">Whether expressions may name it.</param>
    /// <param name="hasFile">Whether there is a file with columns.</param>
    public ValueTemplate? Read(
        string name, string? path, Node node, NumberRule rule, bool mayVary, bool isNamed = false, bool hasFile = false)
    {
        if (node is MapNode map)
        {
            if (!mayVary)
            {
                draft.Errors.Add(node.At, name, $"expected one value for all, such as {rule.Example}, but found {node.Description}");
                return null;
            }

            draft.Slots.AddNotANumber(name, "a distribution");
            return ReadDistribution(name, map, rule);
        }

        if (ReadFormula(name, node, rule) is not { } formula)
        {
            return null;
        }

        var template = new ValueTemplate(name, node.At, QuantityKind.Constant) { Rule = rule };
        if (!formula.Root.All.Any(part => part is ColumnExpression) || !mayVary || !hasFile)
        {
            return template with { First = draft.Slots.Add(new Slot(name, node.At, rule, formula, 0), path, isNamed) };
        }

        draft.Slots.AddNotANumber(name, "a column of a file");
        return template with { Kind = QuantityKind.Listed, Columns = draft.Slots.Add(new ColumnFormula(name, rule, formula)) };
    }

    /// <summary>A function of time; null after noting what is wrong.</summary>
    public CourseTemplate? ReadCourse(string name, string? path, Node node, NumberRule rule)
    {
        var isRate = rule == NumberRule.Rate;
        if (node is not MapNode map)
        {
            return ReadNumber(name, path, node, rule) is { } constant ? new CourseTemplate(name, node.At, isRate) { Constant = constant } : null;
        }

        var entries = Keys.Read(map, name + ".", "a value that varies in time", CourseKeys, draft.Errors);
        if (entries.Count != 1)
        {
            draft.Errors.Add(map.At, name, $"write one value such as {rule.Example}, {{ steps: [[0 s, {rule.Example}], [1 s, {rule.Example}]] }} or {{ sine: {{ mean: …, amplitude: …, frequency: 10 Hz }} }}");
            return null;
        }

        return entries.TryGetValue("steps", out var steps)
            ? ReadSteps(name, steps.Value, rule) is { } read ? new CourseTemplate(name, node.At, isRate) { Steps = read } : null
            : ReadSine(name, entries["sine"].Value, rule) is { } sine ? new CourseTemplate(name, node.At, isRate) { Sine = sine } : null;
    }

    private List<(Slot Time, Slot Value)>? ReadSteps(string name, Node node, NumberRule rule)
    {
        if (node is not ListNode { Items.Count: > 0 } list || list.Items.Any(item => item is not ListNode { Items.Count: 2 }))
        {
            draft.Errors.Add(node.At, name, $"steps are pairs of a time and a value; write steps: [[0 s, {rule.Example}], [1 s, {rule.Example}]]");
            return null;
        }

        var steps = new List<(Slot, Slot)>();
        foreach (var pair in list.Items.Cast<ListNode>())
        {
            if (ReadNumber(name + ".steps", null, pair.Items[0], NumberRule.Time) is not { } time
                || ReadNumber(name + ".steps", null, pair.Items[1], rule) is not { } value)
            {
                return null;
            }

            steps.Add((time, value));
        }

        return steps;
    }

    private List<Slot>? ReadSine(string name, Node node, NumberRule rule)
    {
        if (node is not MapNode map)
        {
            draft.Errors.Add(node.At, name, $"expected a sine but found {node.Description}; write sine: {{ mean: {rule.Example}, amplitude: {rule.Example}, frequency: 10 Hz }}");
            return null;
        }

        var entries = Keys.Read(map, name + ".sine.", "a sine", SineKeys, draft.Errors);
        var slots = new List<Slot>();
        foreach (var key in SineKeys)
        {
            var part = key switch
            {
                "frequency" => NumberRule.Rate,
                "phase" => NumberRule.Number,
                _ => rule with { Fault = _ => null },
            };
            if (!entries.TryGetValue(key, out var entry) && key != "phase")
            {
                draft.Errors.Add(map.At, name, $"the sine has no {key}; write {key}: {part.Example}");
                return null;
            }

            var slot = entry is null
                ? draft.Slots.Add(new Slot($"{name}.{key}", map.At, part, null, 0))
                : ReadNumber($"{name}.sine.{key}", null, entry.Value, part);
            if (slot is null)
            {
                return null;
            }

            slots.Add(slot);
        }

        return slots;
    }

    private ValueTemplate? ReadDistribution(string name, MapNode map, NumberRule rule)
    {
        var entries = Keys.Read(map, name + ".", "a distribution", DistributionKeys, draft.Errors);
        if (entries.Count < map.Entries.Count)
        {
            return null;
        }

        var given = Distributions.Where(distribution => entries.ContainsKey(distribution.Key)).ToList();
        if (given.Count != 1)
        {
            draft.Errors.Add(map.At, name, $"write one value such as {rule.Example}, or one of normal: [mean, standard deviation], lognormal: [mean, standard deviation] and uniform: [from, to]");
            return null;
        }

        var (key, kind, parts) = given[0];
        if (entries[key].Value is not ListNode { Items.Count: 2 } pair)
        {
            draft.Errors.Add(entries[key].Value.At, name, $"{key} takes two values; write {key}: {parts}");
            return null;
        }

        // What is drawn has to keep the rule, and that is looked at when the values are known.
        var free = rule with { Fault = _ => null };
        var second = kind == QuantityKind.Uniform ? free : free with { Fault = value => value >= 0 ? null : "must be 0 or above" };
        var template = new ValueTemplate(name, map.At, kind)
        {
            Rule = rule,
            First = ReadNumber($"{name}.{key}", null, pair.Items[0], free),
            Second = ReadNumber($"{name}.{key}", null, pair.Items[1], second),
            Min = entries.TryGetValue("min", out var min) ? ReadNumber($"{name}.min", null, min.Value, free) : null,
            Max = entries.TryGetValue("max", out var max) ? ReadNumber($"{name}.max", null, max.Value, free) : null,
        };
        return template.First is null || template.Second is null ? null : template;
    }

    private Formula? ReadFormula(string name, Node node, NumberRule rule)
    {
        if (node is not ScalarNode { IsNull: false } scalar)
        {
            draft.Errors.Add(node.At, name, $"expected a value such as {rule.Example} but found {node.Description}");
            return null;
        }

        if (ForeignNames.ValueInStatement(scalar.Text) is { } value)
        {
            draft.Errors.Add(node.At, name, $"`{scalar.Shown}` is a statement; write the value alone: {value}");
            return null;
        }

        return Formula.Read(scalar, name, draft.Errors);
    }
}

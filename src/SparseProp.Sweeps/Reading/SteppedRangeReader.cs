using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads <c>{ from, to, steps, scale }</c>.</summary>
internal sealed class SteppedRangeReader(ErrorList errors, ValueReader values)
{
    private static readonly string[] Keys = ["from", "to", "steps", "scale"];

    /// <summary>The axis, or null after noting what is wrong with it.</summary>
    public SweepAxis? Read(Parameter parameter, Position keyAt, MapNode map)
    {
        if (parameter.IsText)
        {
            errors.Add(map.At, parameter.Name, $"expected the name of a {parameter.Noun} but found a mapping; list the names: [{string.Join(", ", parameter.Vocabulary.Take(2))}]");
            return null;
        }

        var parts = Parts(parameter, map);
        var from = parts.TryGetValue("from", out var fromNode) ? values.Read(parameter, fromNode) : null;
        var to = parts.TryGetValue("to", out var toNode) ? values.Read(parameter, toNode) : null;
        var steps = parts.TryGetValue("steps", out var stepsNode) ? ReadSteps(parameter, stepsNode) : null;
        var isLog = parts.TryGetValue("scale", out var scaleNode) ? ReadScale(parameter, scaleNode) : false;
        if (from is null || to is null || steps is null || isLog is null)
        {
            return null;
        }

        var range = new SteppedRange(parameter.IsInteger, from.Value, to.Value, steps.Value, isLog.Value);
        var positions = new AxisPositions(keyAt, fromNode!.At, toNode!.At, map.At);
        if (range.Problem() is { } problem)
        {
            var at = problem.Culprit switch { RangePart.From => fromNode, RangePart.To => toNode, _ => stepsNode! };
            errors.Add(at.At, parameter.Name, problem.Message);
            return null;
        }

        return new SweepAxis(parameter, range.Values(), positions);
    }

    private Dictionary<string, Node> Parts(Parameter parameter, MapNode map)
    {
        var parts = new Dictionary<string, Node>();
        var misspelt = false;
        foreach (var entry in map.Entries)
        {
            if (Keys.Contains(entry.Key))
            {
                parts.Add(entry.Key, entry.Value);
            }
            else
            {
                var hint = NearestName.Hint(entry.Key, Keys);
                misspelt |= hint.Length > 0;
                errors.Add(
                    entry.KeyAt,
                    parameter.Name,
                    $"unknown key `{Excerpt.Of(entry.Key)}` in a range{hint}; ranges have from, to, steps and scale");
            }
        }

        var missing = Keys.Take(3).Where(key => !parts.ContainsKey(key)).ToList();
        if (missing.Count > 0 && !misspelt)
        {
            errors.Add(
                map.At,
                parameter.Name,
                $"the range lacks {string.Join(" and ", missing)}; write {{ from: 1, to: 10, steps: 4 }}");
        }

        return parts;
    }

    private long? ReadSteps(Parameter parameter, Node node)
    {
        if (node is not ScalarNode { IsPlain: true, IsNull: false } scalar)
        {
            errors.Add(node.At, parameter.Name, $"steps must be an integer, not {node.Description}");
            return null;
        }

        if (Numbers.TryInteger(scalar.Text, out var steps) is { } problem)
        {
            errors.Add(node.At, parameter.Name, $"steps: {problem}");
            return null;
        }

        if (steps is < 1 or > SizeLimit.Points)
        {
            errors.Add(node.At, parameter.Name, $"steps = {steps} must be between 1 and {SizeLimit.Text}");
            return null;
        }

        return steps;
    }

    /// <summary>Whether the scale is geometric; null after an error.</summary>
    private bool? ReadScale(Parameter parameter, Node node)
    {
        switch ((node as ScalarNode)?.Text)
        {
            case "linear" or "lin":
                return false;
            case "log":
                return true;
            default:
                errors.Add(node.At, parameter.Name, $"unknown scale {node.Description}; write linear or log");
                return null;
        }
    }
}

using SparseProp.Engine;
using SparseProp.Engine.Parameters;
using SparseProp.Sweeps.Networks;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads one value of a parameter.</summary>
internal sealed class ValueReader(ErrorList errors, Func<Parameter, NetworkParameter?> network)
{
    /// <summary>The value, or null after noting what is wrong with it.</summary>
    public ParameterValue? Read(Parameter parameter, Node node)
    {
        if (network(parameter) is { } declared)
        {
            return declared.Read(node, errors);
        }

        if (node is not ScalarNode scalar || scalar.IsNull)
        {
            errors.Add(node.At, parameter.Name, $"expected {Expected(parameter)} but found {node.Description}");
            return null;
        }

        return parameter.IsText ? ReadWord(parameter, scalar) : ReadNumber(parameter, scalar);
    }

    /// <summary>An integer that fits <paramref name="parameter"/>, or null after noting what is wrong with it.</summary>
    public long? ReadInteger(Parameter parameter, Position at, string text)
    {
        if (Numbers.TryInteger(text, out var value) is { } problem)
        {
            errors.Add(at, parameter.Name, problem);
            return null;
        }

        if (parameter.Kind == ParameterKind.Count && value != (int)value)
        {
            errors.Add(at, parameter.Name, $"{Excerpt.Of(text)} is outside the 32-bit range; write at most {int.MaxValue}");
            return null;
        }

        return value;
    }

    private static string Expected(Parameter parameter) =>
        parameter.IsText ? $"the name of a {parameter.Noun}" : parameter.IsInteger ? "an integer" : "a number";

    private ParameterValue? ReadNumber(Parameter parameter, ScalarNode scalar)
    {
        if (!scalar.IsPlain)
        {
            errors.Add(scalar.At, parameter.Name, $"expected a number but found {scalar.Description}; write it without quotes");
            return null;
        }

        if (parameter.IsInteger)
        {
            return ReadInteger(parameter, scalar.At, scalar.Text) is { } integer ? ParameterValue.Of(integer) : null;
        }

        if (Numbers.TryReal(scalar.Text, out var real) is { } problem)
        {
            errors.Add(scalar.At, parameter.Name, problem);
            return null;
        }

        return ParameterValue.Of(real);
    }

    private ParameterValue? ReadWord(Parameter parameter, ScalarNode scalar)
    {
        if (parameter.TryParse(scalar.Text, out var value))
        {
            return value;
        }

        errors.Add(
            scalar.At,
            parameter.Name,
            $"unknown {parameter.Noun} `{scalar.Shown}`{NearestName.Hint(scalar.Text, parameter.Vocabulary)}; "
            + $"{parameter.Noun}s are {string.Join(", ", parameter.Vocabulary)}");
        return null;
    }
}

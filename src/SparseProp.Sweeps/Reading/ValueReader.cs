using SparseProp.Engine;
using SparseProp.Sweeps.Axes;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Reading;

/// <summary>Reads one value of a parameter.</summary>
internal sealed class ValueReader(ErrorList errors)
{
    /// <summary>The value, or null after noting what is wrong with it.</summary>
    public ParameterValue? Read(Parameter parameter, Node node)
    {
        if (node is not ScalarNode scalar || scalar.IsNull)
        {
            errors.Add(node.At, parameter.Name, $"expected {Expected(parameter)} but found {node.Description}");
            return null;
        }

        return parameter.Kind switch
        {
            ParameterKind.Model => ReadModel(scalar),
            ParameterKind.Task => ReadTask(scalar),
            _ => ReadNumber(parameter, scalar),
        };
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

    private static string Expected(Parameter parameter) => parameter.Kind switch
    {
        ParameterKind.Model => "the name of a model",
        ParameterKind.Task => "the name of a task",
        ParameterKind.Real => "a number",
        _ => "an integer",
    };

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

    private ParameterValue? ReadModel(ScalarNode scalar)
    {
        if (EngineNames.TryParse(scalar.Text, out NeuronModel model))
        {
            return ParameterValue.Of((long)model);
        }

        errors.Add(
            scalar.At,
            Parameter.Model.Name,
            $"unknown model `{scalar.Shown}`{NearestName.Hint(scalar.Text, EngineNames.Models)}; "
            + $"models are {string.Join(", ", EngineNames.Models)}");
        return null;
    }

    private ParameterValue? ReadTask(ScalarNode scalar)
    {
        if (EngineNames.TryParse(scalar.Text, out TrainingTask task))
        {
            return ParameterValue.Of((long)task);
        }

        errors.Add(
            scalar.At,
            Parameter.TrainingTask.Name,
            $"unknown task `{scalar.Shown}`{NearestName.Hint(scalar.Text, EngineNames.TrainingTasks)}; "
            + $"tasks are {string.Join(", ", EngineNames.TrainingTasks)}");
        return null;
    }
}

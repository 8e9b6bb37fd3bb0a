namespace SparseProp.Engine.Parameters;

/// <summary>
/// Parameters as a line of <c>name=value</c>: all that do not have their default. Snapshots begin with it, and nodes send it to each other;
/// both say which version of defaults it goes by. Numbers are read as the same bits.
/// </summary>
public static class ParameterText
{
    /// <summary>The line.</summary>
    public static string Of(SimulationParameters point) => string.Join(
        ' ',
        SimulationParameter.All
            .Where(parameter => parameter.IsOf(point) && (parameter.IsMandatory || parameter.Get(point) != parameter.Default))
            .Select(parameter => $"{parameter.Name}={parameter.TextOf(point)}"));

    /// <summary>What a line says; whether it can be simulated is for <see cref="ParameterRules"/>.</summary>
    /// <exception cref="FormatException">This build does not know a name or a value.</exception>
    public static SimulationParameters Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var point = SimulationParameters.Defaults;
        foreach (var pair in line.Split(' '))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            point = split > 0
                && SimulationParameter.Find(pair[..split]) is { } parameter
                && parameter.TryParse(pair[(split + 1)..], out var value)
                ? parameter.Set(point, value)
                : throw new FormatException($"This build does not know the parameter '{pair}'.");
        }

        return point;
    }
}

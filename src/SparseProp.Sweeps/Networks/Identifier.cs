using SparseProp.Engine;
using SparseProp.Engine.Statistics;
using SparseProp.Sweeps.Expressions;
using SparseProp.Sweeps.Yaml;

namespace SparseProp.Sweeps.Networks;

/// <summary>Names that a network may give.</summary>
internal static class Identifier
{
    private const int Longest = 64;

    /// <summary>What is wrong with a name of a population, projection or input; null where nothing is.</summary>
    public static string? Fault(string name) =>
        name.Length is 0 or > Longest || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? $"`{Excerpt.Of(name)}` is no name; use up to {Longest} of A-Z, a-z, 0-9 and _, not beginning with a digit"
            : name is "pi" or "file" || Function.Find(name) is not null ? $"{name} has a meaning in expressions; choose another name"
            : null;

    /// <summary>What is wrong with a name of a parameter, which becomes a column of tables; null where nothing is.</summary>
    public static string? FaultOfParameter(string name) =>
        Fault(name) is { } fault ? fault
        : SimulationParameter.Find(name) is { } known && (known.IsSeed || known.IsSection || known == SimulationParameter.Model)
            || name is "seed_input" or "status" or "key" || Statistic.All.Any(statistic => statistic.Name == name)
            ? $"{name} is a column that every sweep has; choose another name"
            : null;
}

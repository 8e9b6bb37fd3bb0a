using SparseProp.Engine;
using SparseProp.Engine.Parameters;

namespace SparseProp.Sweeps.Axes;

/// <summary>The parameters that a sweep file may give as axes or fixed values; others have sections of their own.</summary>
internal static class AxisParameters
{
    /// <summary>All that simulations read, and training too unless its rules refuse them, in the order in which they are documented.</summary>
    public static IReadOnlyList<Parameter> OfSimulations { get; } =
    [
        .. SimulationParameter.OfSimulations.Where(parameter => !parameter.IsSection && !parameter.IsOfPopulationsOnly && parameter != SimulationParameter.Model),
        SimulationParameter.Model,
    ];

    /// <summary>Those that networks of populations read, beside what they declare themselves.</summary>
    public static IReadOnlyList<Parameter> OfNetworks { get; } = [.. SimulationParameter.OfSimulations.Where(parameter => parameter.IsOfPopulations && parameter.IsSeed)];

    /// <summary>Those that only training reads.</summary>
    public static IReadOnlyList<Parameter> OfTraining { get; } = [.. TrainingParameter.All.Where(parameter => !parameter.IsSection)];

    /// <summary>Those that some models do not read.</summary>
    public static IReadOnlyList<Parameter> OfSomeModels { get; } = [.. OfSimulations.Where(parameter => parameter.IsOfSomeModels)];

    /// <summary>The parameter of that name, of simulations or of training.</summary>
    public static Parameter? Find(string name) => OfSimulations.Concat(OfTraining).FirstOrDefault(parameter => parameter.Name == name);
}

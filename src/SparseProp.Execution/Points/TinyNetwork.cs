using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Execution.Points;

/// <summary>Makes small networks for code to be compiled.</summary>
internal static class TinyNetwork
{
    private const int Neurons = 30;
    private const double Tau = 0.01;

    /// <summary>A network that spikes within a few milliseconds and runs that code: a population of each model, each connected to all.</summary>
    public static NetworkDescription Of(NetworkCode code)
    {
        List<Population> populations = [.. Enum.GetValues<PopulationModel>().Where(code.Has).Select(model => PopulationOf(model, code.Loop))];

        // Sources alone run no neurons.
        var targets = populations.Where(population => !population.IsSource).ToList();
        return new NetworkDescription
        {
            Populations = populations,
            Projections = [.. populations.SelectMany(from => targets.SelectMany(to => ProjectionsOf(from, to, code)))],
            Inputs = [.. targets.Select(to => InputOf(to, code))],
        };
    }

    // A drive that differs between neurons is none of the epochs' loop.
    private static Population PopulationOf(PopulationModel model, NetworkLoop loop)
    {
        var population = new Population
        {
            Name = model.ToString(),
            Model = model,
            Size = Neurons,
            Tau = Quantity.Of(Tau),
            Threshold = Quantity.Of(1),
            Reset = Quantity.Of(0),
            Drive = loop == NetworkLoop.Epochs ? Quantity.Of(0) : new Quantity(QuantityKind.Uniform, 1.5, 2),
            Refractory = Quantity.Of(1e-3),
        };
        return model switch
        {
            PopulationModel.Lif => population,
            PopulationModel.Qif => population with { Threshold = Quantity.Of(double.PositiveInfinity), Reset = Quantity.Of(double.NegativeInfinity) },
            PopulationModel.Eif => population with { Threshold = Quantity.Of(double.PositiveInfinity), DeltaV = 0.1, Onset = 1 },
            PopulationModel.Poisson => new() { Name = population.Name, Model = model, Size = Neurons, Rate = TimeCourse.Constant(100) },
            _ => new() { Name = population.Name, Model = model, Size = Neurons, Spikes = new("", [0, 1], [0.001, 0.002]) },
        };
    }

    private static IEnumerable<Projection> ProjectionsOf(Population from, Population to, NetworkCode code) =>
        ((double[])[0.02, -0.02]).Select(weight => new Projection
        {
            Name = $"{from.Name}{to.Name}{(weight > 0 ? "+" : "-")}",
            From = new(from.Name),
            To = new(to.Name),
            Rule = ConnectionRule.InDegree,
            Amount = 5,
            Weight = code.HasWeights ? new(QuantityKind.Uniform, weight - 0.01, weight + 0.01) : Quantity.Of(weight),
            Delay = code.HasDelays ? new(QuantityKind.Uniform, 1e-3, 2e-3) : Quantity.Of(code.IsWithoutDelay ? 0 : 1e-3),
        });

    private static ExternalInput InputOf(Population to, NetworkCode code) => new()
    {
        Name = to.Name,
        To = new(to.Name),
        Kind = InputKind.Poisson,
        Course = code.Varies ? new() { Times = [0, 0.001], Values = [2000, 3000] } : TimeCourse.Constant(2000),
        Weight = Quantity.Of(0.3),
    };
}

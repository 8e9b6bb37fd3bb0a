using SparseProp.Engine.Networks.Description;

namespace SparseProp.Engine.Tests.Populations;

/// <summary>Model A of Brunel (2000): J = 0.1 mV, delay 1.5 ms, in-degrees 1000 and 250.</summary>
internal static class Brunel
{
    /// <param name="g">Inhibition relative to excitation.</param>
    /// <param name="eta">Input from outside relative to what reaches the threshold.</param>
    /// <param name="scale">Of numbers of neurons.</param>
    /// <param name="degrees">Of in-degrees; input from outside stays as it is.</param>
    public static NetworkDescription Network(double g, double eta, double scale = 1, double degrees = 1)
    {
        var excitatory = Neurons("E", (int)(10_000 * scale));
        var inhibitory = Neurons("I", (int)(2500 * scale));
        Projection From(Population source, Population target, double degree, double weight) => new()
        {
            Name = $"{source.Name}{target.Name}",
            From = new(source.Name),
            To = new(target.Name),
            Rule = ConnectionRule.InDegree,
            Amount = Math.Round(degree * degrees),
            Weight = Quantity.Of(weight),
            Delay = Quantity.Of(1.5e-3),
        };
        return new NetworkDescription
        {
            VoltageUnit = "mV",
            Populations = [excitatory, inhibitory],
            Projections =
            [
                From(excitatory, excitatory, 1000, 0.1), From(excitatory, inhibitory, 1000, 0.1),
                From(inhibitory, excitatory, 250, -0.1 * g), From(inhibitory, inhibitory, 250, -0.1 * g),
            ],
            Inputs = [Input("E", eta), Input("I", eta)],
            Initial = [new(new("E"), new(QuantityKind.Uniform, 0, 20)), new(new("I"), new(QuantityKind.Uniform, 0, 20))],
        };
    }

    private static Population Neurons(string name, int size) => new()
    {
        Name = name,
        Model = PopulationModel.Lif,
        Size = size,
        Tau = Quantity.Of(0.02),
        Threshold = Quantity.Of(20),
        Reset = Quantity.Of(10),
        Refractory = Quantity.Of(2e-3),
    };

    private static ExternalInput Input(string to, double eta) => new()
    {
        Name = $"to {to}",
        To = new(to),
        Kind = InputKind.Poisson,
        Course = TimeCourse.Constant(eta * 20 / (0.1 * 0.02)),
        Weight = Quantity.Of(0.1),
    };
}

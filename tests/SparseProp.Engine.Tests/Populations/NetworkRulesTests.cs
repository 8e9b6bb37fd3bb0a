using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations;

namespace SparseProp.Engine.Tests.Populations;

public sealed class NetworkRulesTests
{
    private static readonly NetworkDescription Good = Brunel.Network(5, 2, 0.01, 0.01);

    public static TheoryData<string, Func<NetworkDescription, NetworkDescription>> Impossible { get; } = new()
    {
        { "populations", n => n with { Populations = [], Projections = [], Inputs = [], Initial = [] } },
        { "populations.E", n => n with { Populations = [n.Populations[0], n.Populations[0]] } },
        { "populations.E.n", n => E(n, e => e with { Size = 0 }) },
        { "populations.E.tau", n => E(n, e => e with { Tau = Quantity.Of(0) }) },
        { "populations.E.tau", n => E(n, e => e with { Tau = Quantity.Of(1e15) }) },
        { "populations.E.tau", n => E(n, e => e with { Tau = new(QuantityKind.Normal, 0.02, 0.001) }) },
        { "populations.E.tau", n => E(n, e => e with { Tau = new(QuantityKind.Listed, 0) { Values = [0.02] } }) },
        { "populations.E.threshold", n => E(n, e => e with { Reset = e.Threshold }) },
        { "populations.E.threshold", n => E(n, e => e with { Threshold = Quantity.Of(double.PositiveInfinity) }) },
        { "populations.E.threshold", n => E(n, e => e with { Threshold = new(QuantityKind.Normal, 20, 1) }) },
        { "populations.E.reset", n => E(n, e => e with { Reset = Quantity.Of(double.NegativeInfinity) }) },
        { "populations.E.refractory", n => E(n, e => e with { Refractory = Quantity.Of(-1e-3) }) },
        { "populations.E.drive", n => E(n, e => e with { Drive = Quantity.Of(double.NaN) }) },
        { "populations.E.delta_v", n => E(n, e => e with { Model = PopulationModel.Eif }) },
        { "populations.E.model", n => E(n, e => e with { Model = PopulationModel.Formula }) },
        { "populations.E.model", n => E(n, e => e with { Model = (PopulationModel)17 }) },
        { "populations.E.rate", n => E(n, e => e with { Model = PopulationModel.Poisson, Rate = TimeCourse.Constant(-1) }) },
        { "populations.E.rate", n => E(n, e => e with { Model = PopulationModel.Poisson, Rate = new() { Sine = new(5, 6, 1, 0) } }) },
        { "populations.E.rate", n => E(n, e => e with { Model = PopulationModel.Poisson, Rate = TimeCourse.Constant(1e30) }) },
        { "populations.E.file", n => E(n, e => e with { Model = PopulationModel.Spikes }) },
        { "populations.E.overrides.size", n => E(n, e => e with { Overrides = [new(new("E"), "size", Quantity.Of(1))] }) },
        { "populations.E.overrides.tau", n => E(n, e => e with { Overrides = [new(new("E") { Neurons = [100] }, "tau", Quantity.Of(1))] }) },
        { "projections.EE.from", n => EE(n, p => p with { From = new("F") }) },
        { "projections.EE.in_degree", n => EE(n, p => p with { Amount = 100 }) },
        { "projections.EE.in_degree", n => EE(n, p => p with { Amount = 1.5 }) },
        { "projections.EE.probability", n => EE(n, p => p with { Rule = ConnectionRule.Probability, Amount = 1.1 }) },
        { "projections.EE.synapses", n => EE(n, p => p with { Rule = ConnectionRule.Synapses, Amount = 100 * 100 }) },
        { "projections.EE.rule", n => EE(n, p => p with { Rule = ConnectionRule.OneToOne, To = new("I") }) },
        { "projections.EE.file", n => EE(n, p => p with { Rule = ConnectionRule.Listed, Edges = new("", [100], [0]) }) },
        { "projections.EE.weight", n => EE(n, p => p with { Weight = Quantity.Of(double.PositiveInfinity) }) },
        { "projections.EE.delay", n => EE(n, p => p with { Delay = Quantity.Of(0) }) },
        { "projections.EE.delay", n => EE(n, p => p with { Delay = Quantity.Of(-1e-3) }) },
        { "projections.EE.delay", n => EE(n, p => p with { Delay = Quantity.Of(1e-17) }) },
        { "projections.EE.delay", n => EE(n, p => p with { Delay = new(QuantityKind.Normal, 1e-3, 1e-3) }) },
        { "inputs.to E.to", n => Input(n, i => i with { To = new("A") }) },
        { "inputs.to E.poisson", n => Input(n, i => i with { Course = TimeCourse.Constant(-1) }) },
        { "inputs.to E.poisson", n => Input(n, i => i with { Course = TimeCourse.Constant(1e15) }) },
        { "inputs.to E.poisson", n => Input(n, i => i with { Course = new() { Times = [1, 0], Values = [1, 2] } }) },
        { "inputs.to E.sources", n => Input(n, i => i with { Sources = -1 }) },
        { "inputs.to E.current", n => Input(n, i => i with { Kind = InputKind.Current, Course = new() { Sine = new(0, 1, 1, 0) } }) },
        { "inputs.to E.spikes", n => Input(n, i => i with { Kind = InputKind.Spikes, Spikes = new("", [0], [-1]) }) },
        { "initial.0.of", n => n with { Initial = [new(new("X"), Quantity.Of(0))] } },
        { "initial.0.V", n => n with { Initial = [new(new("E"), Quantity.Of(double.PositiveInfinity))] } },
        { "silence.0", n => n with { Silenced = [new("E") { Fraction = 2 }] } },
        { "silence.0", n => n with { Silenced = [new("E") { Neurons = [3, 3] }] } },
    };

    [Fact]
    public void TheGoodNetworkIsGood() => Assert.Empty(NetworkRules.Check(Good));

    [Theory]
    [MemberData(nameof(Impossible))]
    public void WhatIsImpossibleIsRefusedWithItsPath(string path, Func<NetworkDescription, NetworkDescription> spoilt)
    {
        var error = Assert.Single(ParameterRules.Check(SimulationParameters.Of(spoilt(Good), RunLength.Seconds(1))));

        Assert.Equal(path, error.Parameter);
    }

    [Fact]
    public void WhatNeedsThePublishedNetworkIsRefused()
    {
        var p = SimulationParameters.Of(Good, RunLength.Seconds(1));

        Assert.Empty(ParameterRules.Check(p));
        Assert.Multiple(
            () => Assert.Equal("lyapunov", Assert.Single(ParameterRules.Check(p with { LyapunovExponents = 1 })).Parameter),
            () => Assert.Equal("engine", Assert.Single(ParameterRules.Check(p with { Loop = EventLoop.Heap })).Parameter),
            () => Assert.Equal("record", Assert.Single(ParameterRules.Check(p with { Record = StatisticKinds.Chi })).Parameter),
            () => Assert.Equal("topology", Assert.Single(ParameterRules.Check(p with { Topology = Topology.Published })).Parameter),
            () => Assert.Equal("n", Assert.Single(ParameterRules.Check(p with { N = 3 })).Parameter),
            () => Assert.Equal("stop", Assert.Single(ParameterRules.Check(p with { Stop = RunLength.Seconds(8001) })).Parameter));
    }

    [Fact]
    public void APartMayHaveThresholdAndResetOfItsOwn()
    {
        var part = new Selection("E") { Neurons = [1, 2] };
        Override[] both = [new(part, "threshold", Quantity.Of(8)), new(part, "reset", Quantity.Of(5))];

        Assert.Empty(NetworkRules.Check(E(Good, e => e with { Overrides = both })));
        Assert.NotEmpty(NetworkRules.Check(E(Good, e => e with { Overrides = [both[0]] })));
    }

    [Fact]
    public void ANetworkThatFallsSilentHasNoNumberOfSpikes()
    {
        using var simulation = new Simulation(SimulationParameters.Of(Good with { Inputs = [] }, RunLength.Spikes(1_000_000)));

        var error = Assert.Throws<SilentNetworkException>(() => simulation.Measure(TestContext.Current.CancellationToken));
        Assert.Contains("in seconds", error.Message, StringComparison.Ordinal);
    }

    private static NetworkDescription E(NetworkDescription network, Func<Population, Population> change) =>
        network with { Populations = [change(network.Populations[0]), .. network.Populations.Skip(1)] };

    private static NetworkDescription EE(NetworkDescription network, Func<Projection, Projection> change) =>
        network with { Projections = [change(network.Projections[0]), .. network.Projections.Skip(1)] };

    private static NetworkDescription Input(NetworkDescription network, Func<ExternalInput, ExternalInput> change) =>
        network with { Inputs = [change(network.Inputs[0]), .. network.Inputs.Skip(1)] };
}

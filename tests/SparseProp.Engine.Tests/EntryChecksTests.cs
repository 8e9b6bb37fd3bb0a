using SparseProp.Engine.Adjoint;
using SparseProp.Engine.Benchmarks;

namespace SparseProp.Engine.Tests;

/// <summary>What reaches pointers is checked where programs hand it over, whichever public type they begin with.</summary>
public sealed class EntryChecksTests
{
    private static readonly SimulationParameters Good = new() { N = 20, K = 4, Stop = RunLength.Spikes(1) };

    private static readonly SimulationOptions Options = new() { MemoryBytes = 1 << 20, TargetMemoryBytes = 1 << 20 };

    public static TheoryData<string, Func<SimulationParameters, SimulationParameters>> Impossible { get; } = new()
    {
        { "n", p => p with { N = 0 } },
        { "n", p => p with { N = int.MinValue, K = -1 } },
        { "k", p => p with { K = -1 } },
        { "k", p => p with { K = 20 } },
        { "j0", p => p with { J0 = double.NaN } },
        { "rate", p => p with { Rate = double.PositiveInfinity } },
        { "tau", p => p with { Tau = 0 } },
        { "excitatory_fraction", p => p with { ExcitatoryFraction = 2 } },
        { "model", p => p with { Model = (NeuronModel)7 } },
        { "model", p => p with { Model = (NeuronModel)(-1) } },
        { "topology", p => p with { Topology = (Topology)2 } },
        { "engine", p => p with { Loop = (EventLoop)2 } },
        { "record", p => p with { Record = (StatisticKinds)32 } },
        { "record", p => p with { Record = (StatisticKinds)(-1) } },
        { "stop", p => p with { Stop = new RunLength((RunUnit)3, 1) } },
        { "burn_in", p => p with { BurnIn = new RunLength((RunUnit)3, 1) } },
        { "lyapunov", p => p with { LyapunovExponents = 21 } },
    };

    public static TheoryData<string, Action<TrainableNetwork, TapeOptions>> ImpossibleRuns { get; } = new()
    {
        { "model 9", (n, o) => Run(n with { Model = (NeuronModel)9 }, o) },
        { "1 neuron or more", (n, o) => Run(n with { Neurons = -1 }, o) },
        { "one drive", (n, o) => Run(n with { Drive = null! }, o) },
        { "one drive", (n, o) => Run(n with { Drive = [1] }, o) },
        { "Synapses.None", (n, o) => Run(n with { Recurrent = null! }, o) },
        { "Synapses.None", (n, o) => Run(n with { Input = null! }, o) },
        { "Synapses.None", (n, o) => Run(n with { Inputs = -1 }, o) },
        { "are arrays", (n, o) => Run(n with { Recurrent = new Synapses([0, 0, 0, 0], null!, []) }, o) },
        { "RowStart has 4", (n, o) => Run(n with { Recurrent = new Synapses([], [], []) }, o) },
        { "RowStart has 4", (n, o) => Run(n with { Recurrent = new Synapses([0, 2, 1, 1], [1], [1]) }, o) },
        { "neurons from 0 to 2", (n, o) => Run(n with { Recurrent = new Synapses([0, 1, 1, 1], [3], [1]) }, o) },
        { "one weight", (n, o) => Run(n with { Recurrent = new Synapses([0, 1, 1, 1], [1], []) }, o) },
        { "initial phase", (n, o) => Forward.Run(n, [0, 0], InputSpikes.None, 1, o) },
        { "initial phase", (n, o) => Forward.Run(n, [0, 0, double.NaN], InputSpikes.None, 1, o) },
        { "times and inputs", (n, o) => Forward.Run(n, [0, 0, 0], new InputSpikes(null!, []), 1, o) },
        { "no inputs that could spike", (n, o) => Forward.Run(n, [0, 0, 0], new InputSpikes([0.1], [0]), 1, o) },
        { "event loop 5", (n, o) => Run(n, o with { EventLoop = (EventLoop)5 }) },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void WhatCannotBeSimulatedIsRefusedByAllThatSimulates(string parameter, Func<SimulationParameters, SimulationParameters> spoilt)
    {
        var bad = spoilt(Good);

        Assert.Contains(ParameterRules.Check(bad), error => error.Parameter == parameter);
        Assert.Throws<ArgumentException>("parameters", () => new Simulation(bad, Options));
        Assert.Throws<ArgumentException>("parameters", () => new RunningNetwork(bad, Options));
        Assert.Throws<ArgumentException>("parameters", () => new MemoryFloor(bad, Options));
    }

    [Fact]
    public void TrainingIsNoSimulation()
    {
        var training = Good with { Training = new TrainingParameters() };

        Assert.Throws<ArgumentException>("parameters", () => new Simulation(training, Options));
        Assert.Throws<ArgumentException>("parameters", () => new RunningNetwork(training, Options));
        Assert.Throws<ArgumentException>("parameters", () => new MemoryFloor(training, Options));
        Assert.Contains(
            ParameterRules.Check(Good with { Training = new TrainingParameters { Task = (TrainingTask)3 } }), error => error.Parameter == "training_task");
        Assert.Contains(
            ParameterRules.Check(Good with { Training = new TrainingParameters { Trained = (TrainedParameters)16 } }), error => error.Parameter == "train");
    }

    [Fact]
    public void ARunningNetworkHasSpikesToRunFor()
    {
        Assert.Throws<ArgumentException>("parameters", () => new RunningNetwork(Good with { Rate = 0, Stop = RunLength.Seconds(1) }, Options));
        Assert.Throws<ArgumentException>("parameters", () => new RunningNetwork(Good with { BurnIn = RunLength.Seconds(1) }, Options));
        using var network = new RunningNetwork(Good, Options);

        Assert.Throws<ArgumentOutOfRangeException>("spikes", () => network.Run(-1));
        Assert.Throws<ArgumentOutOfRangeException>("spikes", () => network.RunMeasured(-1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(20)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void OnlyNeuronsOfTheNetworkAreAddedTo(int neuron)
    {
        using var floor = new MemoryFloor(Good, Options);

        Assert.Throws<ArgumentOutOfRangeException>("neurons", () => floor.Prepare([0, neuron]));
        Assert.Throws<ArgumentOutOfRangeException>("neurons", () => floor.Add([0, neuron]));
    }

    [Fact]
    public void NothingRunsOnceItIsDisposed()
    {
        var (simulation, network, floor) = (new Simulation(Good, Options), new RunningNetwork(Good, Options), new MemoryFloor(Good, Options));
        simulation.Dispose();
        network.Dispose();
        floor.Dispose();
        var observer = default(NoObserver);

        Assert.Throws<ObjectDisposedException>(() => simulation.BurnIn(TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => simulation.Measure(TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => simulation.Advance(RunLength.Spikes(1), ref observer, TestContext.Current.CancellationToken));
        Assert.Throws<ObjectDisposedException>(() => simulation.Save(Stream.Null));
        Assert.Throws<ObjectDisposedException>(() => network.Run(1));
        Assert.Throws<ObjectDisposedException>(() => network.RunMeasured(1));
        Assert.Throws<ObjectDisposedException>(() => network.Record(new int[1]));
        Assert.Throws<ObjectDisposedException>(() => floor.Prepare([0]));
        Assert.Throws<ObjectDisposedException>(() => floor.Add([0]));
    }

    [Theory]
    [InlineData(RunUnit.Spikes, -1)]
    [InlineData(RunUnit.Seconds, -1)]
    [InlineData(RunUnit.Seconds, double.NaN)]
    [InlineData((RunUnit)3, 1)]
    public void APartOfASimulationIsNotNegative(RunUnit unit, double amount)
    {
        using var simulation = new Simulation(Good, Options);
        var observer = default(NoObserver);

        Assert.Throws<ArgumentOutOfRangeException>("part", () => simulation.Advance(new RunLength(unit, amount), ref observer, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(ImpossibleRuns))]
    public void WhatCannotBeTrainedIsRefused(string words, Action<TrainableNetwork, TapeOptions> run)
    {
        var error = Assert.Throws<ArgumentException>(() => run(Three(), new TapeOptions()));

        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DerivativesAreAsManyAsWhatTheyAreOf()
    {
        var run = Run(Three(), new TapeOptions());
        var right = Gradients.ZerosFor(run.Network);
        void With(Gradients gradients) => Backward.Accumulate(run, [], [], [], gradients);

        With(right);
        Assert.Throws<ArgumentException>("Recurrent", () => With(right with { Recurrent = [] }));
        Assert.Throws<ArgumentException>("Recurrent", () => With(right with { Recurrent = null! }));
        Assert.Throws<ArgumentException>("Input", () => With(right with { Input = [1] }));
        Assert.Throws<ArgumentException>("Drive", () => With(right with { Drive = [] }));
        Assert.Throws<ArgumentException>("InitialPhases", () => With(right with { InitialPhases = new double[4] }));
        Assert.Throws<ArgumentException>("lossBySpikeTime", () => Backward.Run(run, new double[run.Neurons.Length + 1]));
        Assert.Throws<ArgumentException>("lossByFinalPhase", () => Backward.Run(run, [], [1]));
        Assert.Throws<ArgumentException>("lossByPeriod", () => Backward.Run(run, [], [], [1]));
    }

    [Fact]
    public void NetworksAreNotDrawnWithMoreTargetsThanThereAre()
    {
        Assert.Throws<ArgumentOutOfRangeException>("k", () => TrainableNetwork.Random(NeuronModel.Lif, 3, 3, 1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("n", () => TrainableNetwork.Random(NeuronModel.Lif, -1, 0, 1, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => TrainableNetwork.Random(NeuronModel.Lif, 100_000, 50_000, 1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => Three().WithInputs(-1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("kIn", () => Three().WithInputs(1, 4, 1, 1));
        Assert.Throws<ArgumentException>(() => Three().WithInputs(int.MaxValue, 3, 1, 1));
    }

    private static SpikingRun Run(TrainableNetwork network, TapeOptions options) => Forward.Run(network, [0.5, 0, 0], InputSpikes.None, 0.01, options);

    private static TrainableNetwork Three() => new()
    {
        Model = NeuronModel.Lif,
        Neurons = 3,
        Tau = 0.01,
        Drive = [1, 1, 1],
        Recurrent = new Synapses([0, 1, 2, 2], [1, 2], [-1, -1]),
    };
}

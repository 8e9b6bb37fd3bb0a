using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Tests.Training;

/// <summary>Leaky neurons that an input makes spike at once, and what is told about jumps.</summary>
public sealed class CascadeTests
{
    private const double Tau = 0.01;

    [Fact]
    public void ASpikeThatIsCausedComesWithItsCauseAndPassesItsDerivativeOn()
    {
        // 0 makes 1 spike, and that 2; nothing makes 3.
        var network = Chain(weight: 5);

        var run = Run(network, phases: [0.9, 0.2, 0.1, 0], seconds: 0.003);
        var gradients = Backward.Run(run, [0, 0, 1]);

        Assert.Equal([0, 1, 2], run.Neurons);
        Assert.Equal([run.Times[0], run.Times[0]], run.Times[1..]);
        Assert.Equal([-run.PeriodOf(0), 0, 0, 0], gradients.InitialPhases);
        Assert.All(gradients.Recurrent, derivative => Assert.Equal(0, derivative));
        Assert.Equal(2, run.Discontinuities.AtOnce);
    }

    [Fact]
    public void ASpikeThatAnInputCausesDependsOnNothing()
    {
        var network = Chain(weight: 5).WithInputs(1, 4, 5, seed: 1);

        var run = Forward.Run(network, [0.1, 0.2, 0.1, 0], new InputSpikes([0.001], [0]), 0.002, new TapeOptions());
        var gradients = Backward.Run(run, [1, 1, 1, 1]);

        Assert.Equal([0, 1, 2, 3], run.Neurons);
        Assert.All(run.Times, time => Assert.Equal(0.001, time, 1e-15));
        Assert.All(
            gradients.Input.Concat(gradients.Recurrent).Concat(gradients.InitialPhases).Concat(gradients.Drive), g => Assert.Equal(0, g));
    }

    [Fact]
    public void NoNeuronSpikesTwiceInAnInstant()
    {
        // Everybody excites everybody.
        var all = Enumerable.Range(0, 4).SelectMany(i => Enumerable.Range(0, 4).Where(j => j != i)).ToArray();
        var network = Chain(0) with { Recurrent = new Synapses([0, 3, 6, 9, 12], all, [.. all.Select(_ => 9.0)]) };

        var run = Run(network, [0.9, 0.2, 0.1, 0], 0.003);

        Assert.Equal([0, 1, 2, 3], run.Neurons);
    }

    [Fact]
    public void ANetworkThatExcitesItselfWithoutEndIsGivenUp()
    {
        var network = Chain(0) with { Recurrent = new Synapses([0, 1, 2, 2, 2], [1, 0], [0.9, 0.9]), Drive = [100, 100, 1, 1] };

        var error = Assert.Throws<RunawayException>(() => Forward.Run(
            network, [0.9, 0.2, 0.1, 0], InputSpikes.None, 10, new TapeOptions { MostSpikes = 1000 }));

        Assert.StartsWith("1000 spikes within ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NearnessToJumpsIsCounted()
    {
        // 0 inhibits 1, which is due 1e-4 τ after it in one run and before it in the other, a little more than that in a third.
        var network = Chain(weight: -0.5);
        SpikingRun At(double later) => Forward.Run(
            network, [0.9, 0.9 - (later / Math.Log(2)), 0, 0], InputSpikes.None, 0.003, new TapeOptions { Nearness = 1.01e-4 });

        Assert.Equal(1, At(1e-4).Discontinuities.NearlySwapped);
        Assert.Equal(1, At(-1e-4).Discontinuities.NearlySwapped);
        Assert.Equal(0, At(1.1e-4).Discontinuities.NearlySwapped);
        Assert.Equal(0, At(-1.1e-4).Discontinuities.NearlySwapped);
    }

    [Fact]
    public void SpikesNearTheEndAreCounted()
    {
        var network = Chain(0);
        SpikingRun Until(double seconds) => Run(network, [0.9, -1, -1, -1], seconds);
        var time = 0.1 * Until(0.003).PeriodOf(0);

        Assert.Equal((1, 1), (Until(time + (5e-5 * Tau)).Neurons.Length, Until(time + (5e-5 * Tau)).Discontinuities.NearEnd));
        Assert.Equal((0, 1), (Until(time - (5e-5 * Tau)).Neurons.Length, Until(time - (5e-5 * Tau)).Discontinuities.NearEnd));
        Assert.Equal(0, Until(time + (2e-4 * Tau)).Discontinuities.NearEnd);
    }

    [Fact]
    public void WhatChangedBetweenTwoRunsIsCounted()
    {
        var network = Chain(weight: -0.001);
        var before = Run(network, [0.9, 0.89, 0.2, 0], 0.003);

        Assert.Equal(new SpikeChanges(0, 0, 0), Discontinuities.Between(before, Run(network, [0.9, 0.895, 0.1, 0], 0.003)));
        Assert.Equal(new SpikeChanges(0, 0, 1), Discontinuities.Between(before, Run(network, [0.9, 0.91, 0.1, 0], 0.003)));
        Assert.Equal(new SpikeChanges(1, 0, 0), Discontinuities.Between(before, Run(network, [0.9, 0.89, 0.8, 0], 0.003)));
        Assert.Equal(new SpikeChanges(0, 1, 0), Discontinuities.Between(before, Run(network, [0.9, 0.1, 0.1, 0], 0.003)));
    }

    [Fact]
    public void WhatCannotBeRunIsSaidInWords()
    {
        var network = Chain(weight: 1) with { Drive = [1, 0, 1, 1], Recurrent = new Synapses([0, 1, 1, 1, 1], [0], [double.NaN]) };

        var error = Assert.Throws<ArgumentException>(
            () => Forward.Run(network, [0, 0], new InputSpikes([1, 0], [0, 0]), double.NaN, new TapeOptions { BudgetBytes = 0 }));

        Assert.All(
            (string[])["one drive, above 0", "a finite number", "its own target", "ascending order", "no inputs", "budget", "4 neurons", "0 seconds"],
            words => Assert.Contains(words, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1e-20)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void ATruncationThatIsTooShortIsRefused(double window)
    {
        var error = Assert.Throws<ArgumentException>(() => Forward.Run(
            Chain(1), [0, 0, 0, 0], InputSpikes.None, 0.01, new TapeOptions { TruncationWindow = window }));

        Assert.Contains("the truncation window is 0.001", error.Message, StringComparison.Ordinal);
    }

    private static TrainableNetwork Chain(double weight) => new()
    {
        Model = NeuronModel.Lif,
        Neurons = 4,
        Tau = Tau,
        Drive = [1, 1, 1, 1],
        Recurrent = new Synapses([0, 1, 2, 2, 2], [1, 2], [weight, weight]),
    };

    private static SpikingRun Run(TrainableNetwork network, double[] phases, double seconds) =>
        Forward.Run(network, phases, InputSpikes.None, seconds, new TapeOptions { Nearness = 1e-4 });
}

using CsCheck;
using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Tests.Training;

/// <summary>Spikes of one instant, generation by generation.</summary>
public sealed class GenerationTests
{
    private const double Tau = 0.01;
    private const double Seconds = 0.03;

    // Few phases and weights, so that much happens at once, and sums reach the threshold from the reset.
    private static readonly Gen<(TrainableNetwork Network, double[] Phases, InputSpikes Input)> Cases =
        from n in Gen.Int[3, 12]
        from targets in Gen.Int[0, n - 2].Array[0, n - 1].Array[n]
        from inputs in Gen.Int[0, n - 1].Array[0, n].Array[2]
        from weights in Gen.OneOf(-1.0, -0.5, -0.25, 0.125, 0.25, 0.5, 1.0, 2.0).Array[(n * n) + (2 * n)]
        from phases in Gen.OneOf(0.0, 0.3, 0.7, 1.0).Array[n]
        from times in Gen.OneOf(0.0, 0.004, 0.009, 0.0091).Array[0, 5]
        from lines in Gen.Int[0, 1].Array[5]
        select (
            new TrainableNetwork
            {
                Model = NeuronModel.Lif,
                Neurons = n,
                Tau = Tau,
                Drive = [.. Enumerable.Repeat(1.0, n)],
                Recurrent = SynapsesOf([.. targets.Select((row, source) => row.Select(target => target < source ? target : target + 1).ToArray())], weights),
                Inputs = 2,
                Input = SynapsesOf(inputs, weights[(n * n)..]),
            },
            phases,
            new InputSpikes([.. times.Order()], lines[..times.Length]));

    [Fact]
    public void AnyNetworkSpikesAsTheDefinitionSays()
    {
        var (certain, all) = (0, 0);
        Cases.Sample(
            one =>
            {
                var expected = new NaiveGenerations(one.Network, one.Phases, one.Input).CertainSpikes(Seconds);
                var run = Forward.Run(one.Network, one.Phases, one.Input, Seconds, new TapeOptions { MostSpikes = 100_000 });

                Assert.Equal(expected.Select(spike => spike.Neuron), run.Neurons.Take(expected.Count));
                Assert.All(expected.Zip(run.Times), pair => Assert.Equal(pair.First.Seconds, pair.Second, pair.First.Error));
                Interlocked.Add(ref certain, expected.Count);
                Interlocked.Add(ref all, run.Neurons.Length);
            },
            iter: 2000);

        TestContext.Current.TestOutputHelper!.WriteLine($"{certain} of {all} spikes compared");
        Assert.InRange(certain, all * 17 / 20, all);
    }

    [Fact]
    public void NumbersOfNeuronsDecideNothingButTheOrderOfOutput() => Gen.Select(Cases, Gen.Int).Sample(
        (one, seed) =>
        {
            var n = one.Network.Neurons;
            var number = Enumerable.Range(0, n).ToArray();
            new System.Random(seed).Shuffle(number);
            var phases = new double[n];
            var rows = new (int[] Targets, double[] Weights)[n];
            for (var i = 0; i < n; i++)
            {
                phases[number[i]] = one.Phases[i];
                rows[number[i]] = RowOf(one.Network.Recurrent, i, number);
            }

            var renumbered = one.Network with
            {
                Recurrent = Joined(rows),
                Input = Joined([RowOf(one.Network.Input, 0, number), RowOf(one.Network.Input, 1, number)]),
            };

            var expected = new NaiveGenerations(one.Network, one.Phases, one.Input).CertainSpikes(Seconds);
            var run = Forward.Run(one.Network, one.Phases, one.Input, Seconds, new TapeOptions());
            var other = Forward.Run(renumbered, phases, one.Input, Seconds, new TapeOptions());

            for (var i = 0; i < n; i++)
            {
                var certain = expected.Where(spike => spike.Neuron == i);
                Assert.All(
                    certain.Zip(TimesOf(run, i), TimesOf(other, number[i])),
                    spike => Assert.Equal(spike.Second, spike.Third, 2 * spike.First.Error));
                Assert.Equal(certain.Count(), certain.Zip(TimesOf(run, i), TimesOf(other, number[i])).Count());
            }
        },
        iter: 500);

    [Fact]
    public void InhibitionOfAGenerationCountsAgainstItsExcitation()
    {
        // 0 and 1 are due together: 0 excites 2 and 3 beyond threshold, 1 inhibits 2.
        var network = Of([[2, 3], [2], [], []], [2, 2, -2]);

        var run = Forward.Run(network, [1, 1, 0, 0], InputSpikes.None, 0.001, new TapeOptions());

        Assert.Equal([0, 1, 3], run.Neurons);
        Assert.Equal(run.Times[0], run.Times[2]);
        Assert.Equal(1, run.Discontinuities.AtOnce);
    }

    [Theory]
    [InlineData(EventLoop.Window)]
    [InlineData(EventLoop.Heap)]
    public void GradientsOfGenerationsAreWhatDifferencesTendTo(EventLoop loop)
    {
        foreach (var seed in (int[])[21, 22, 23])
        {
            var one = Hub(seed) with { Options = new TapeOptions { EventLoop = loop } };
            Assert.InRange(one.Run().Discontinuities.AtOnce, 5, int.MaxValue);
            FiniteDifferenceTests.CheckAll(one);
        }
    }

    [Fact]
    public void GenerationsThatAreRunAgainGiveTheSameGradientToTheBit()
    {
        var whole = Hub(24);
        whole = whole with { Seconds = 50 * Tau };
        foreach (var loop in (EventLoop[])[EventLoop.Heap, EventLoop.Window])
        {
            var bounded = whole with { Options = whole.Options with { BudgetBytes = 2000, EventLoop = loop } };

            Assert.True(bounded.Run().IsRecomputed);
            TapeTests.AssertSame(whole.Gradients(), bounded.Gradients());
        }
    }

    // Where neuron 0 spikes, its targets do, together; inputs come in pairs.
    private static TrainedCase Hub(int seed)
    {
        var one = TrainedCase.Random(NeuronModel.Lif, seed, excites: true, length: 5);
        var synapses = one.Network.Recurrent;
        double[] weights = [.. synapses.Weights.Select((weight, synapse) => synapse < synapses.RowStart[1] ? 9.5 : 0.7 * weight)];
        return one with
        {
            Network = one.Network with { Recurrent = synapses with { Weights = weights } },
            Input = one.Input with { Times = [.. one.Input.Times.Select((_, i) => one.Input.Times[i / 2 * 2])] },
        };
    }

    private static TrainableNetwork Of(int[][] targets, double[] weights) => new()
    {
        Model = NeuronModel.Lif,
        Neurons = targets.Length,
        Tau = Tau,
        Drive = [.. targets.Select(_ => 1.0)],
        Recurrent = SynapsesOf(targets, weights),
    };

    private static Synapses SynapsesOf(int[][] targets, double[] weights)
    {
        var rows = targets.Select(row => row.Length).ToArray();
        return new Synapses(
            [.. Enumerable.Range(0, rows.Length + 1).Select(source => rows[..source].Sum())], [.. targets.SelectMany(row => row)], weights[..rows.Sum()]);
    }

    private static (int[] Targets, double[] Weights) RowOf(Synapses synapses, int source, int[] number)
    {
        var row = synapses.RowStart[source]..synapses.RowStart[source + 1];
        return ([.. synapses.Targets[row].Select(target => number[target])], synapses.Weights[row]);
    }

    private static Synapses Joined((int[] Targets, double[] Weights)[] rows) =>
        SynapsesOf([.. rows.Select(row => row.Targets)], [.. rows.SelectMany(row => row.Weights)]);

    private static double[] TimesOf(SpikingRun run, int neuron) => [.. run.Times.Where((_, i) => run.Neurons[i] == neuron)];
}

using System.Runtime.Intrinsics;
using CsCheck;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Models;
using SparseProp.Engine.Networks;

namespace SparseProp.Engine.Tests.Loops;

/// <summary>The state of the QIF window loop itself, in networks and initial conditions that parameters cannot ask for.</summary>
public sealed unsafe class QifDirectionsTests
{
    private static readonly SimulationParameters Parameters = new()
    {
        Model = NeuronModel.Qif,
        N = 1000,
        K = 20,
        Stop = RunLength.Spikes(1),
    };

    [Fact]
    public void EqualTimesSpikeInTheOrderOfTheNeurons()
    {
        // An input at the very moment of a neuron's spike has no effect on it: V is infinite.
        using var loop = Loop(_ => QifDirections.Initial(0.3), new Ring(Parameters.N), k: 1);
        var spikes = Run(loop, Parameters.N, double.PositiveInfinity);

        Assert.Equal(Enumerable.Range(0, Parameters.N), spikes.Neurons);
        Assert.Single(spikes.Seconds.Distinct());
    }

    [Fact]
    public void FourTimesToSpikeHaveTheBitsOfOne() => Gen.Select(Gen.Double[-1.5, 0.5], Gen.Double[1e-3, 1e3], Gen.Long[0, 1_000_000]).Sample(
        (halfTurns, length, quarters) =>
        {
            var model = new QifDirections(Parameters);
            var (cosine, sine) = Angles.CosSinOfHalfTurns(halfTurns);
            var (x, y) = (length * cosine, length * sine);
            var four = model.Seconds(quarters, Vector256.Create(1, 0, x, -1), Vector256.Create(0, 1, y, 0));
            return four[2].Equals(model.Seconds(quarters, new Direction(x, y)));
        },
        iter: 20_000);

    [Fact]
    public void StartingAQuarterTurnLaterChangesNoSpikeInTwoThousandQuarterTurns()
    {
        var draws = new System.Random(1);
        var initial = Enumerable.Range(0, Parameters.N).Select(_ => QifDirections.Initial(draws.NextDouble() / 2)).ToArray();
        using var loop = Loop(i => initial[i], Network(), Parameters.K);
        using var turned = Loop(i => initial[i].SeenAfter(-1), Network(), Parameters.K);
        var quarter = new QifDirections(Parameters).Seconds(1, place: 0);
        var seconds = 2000 * quarter;
        var (spikes, late) = (Run(loop, long.MaxValue, seconds), Run(turned, long.MaxValue, seconds + quarter));

        Assert.InRange(spikes.Neurons.Count, 100_000, 1_000_000);
        Assert.Equal(spikes.Neurons, late.Neurons);
        Assert.All(spikes.Seconds.Zip(late.Seconds), pair => Assert.Equal(pair.First + quarter, pair.Second, 1e-13 * seconds));
    }

    [Fact]
    public void ANeuronThatIsKeptSilentByThousandsOfInputsFollowsThemAsInThePhase()
    {
        using var loop = Loop(i => QifDirections.Initial(i / (double)Parameters.N), new AllToTheFirst(Network(), Parameters.K), Parameters.K + 1);
        var spikes = Run(loop, 50_000, double.PositiveInfinity);
        var (clock, silent) = (loop.Network.Directions[spikes.Neurons[^1]], loop.Network.Directions[0]);
        var sine = -((clock.X * silent.X) + (clock.Y * silent.Y));
        var cosine = -((clock.X * silent.Y) - (clock.Y * silent.X));

        Assert.Equal(0, spikes.Neurons[0]);
        Assert.DoesNotContain(0, spikes.Neurons.Skip(1));
        Assert.Equal(PhaseOfSilentNeuron(spikes), 2 * Math.Atan2(sine, cosine), 1e-9);
    }

    [Fact]
    public void ANeuronOfItsOwnDriveThatIsKeptSilentFollowsItsInputsToo()
    {
        var draws = new NativeBuffer<double>(Parameters.N);
        for (var i = 0; i < Parameters.N; i++)
        {
            draws.Pointer[i] = 1 - (i / (double)Parameters.N);
        }

        var targets = new TargetRows(new AllToTheFirst(Network(), Parameters.K), Parameters.N, Parameters.K + 1, budgetBytes: 0);
        var network = new SpinNetwork<ScalarScan>(new QifSpins(Parameters), draws, targets, excitatory: 0);
        using var loop = new WindowLoop<SpinNetwork<ScalarScan>>(network, wantedCandidates: null);
        var spikes = new SpikeList();
        loop.Run(ref spikes, 50_000, double.PositiveInfinity, TestContext.Current.CancellationToken);

        var silent = loop.Network.Spins[0];
        Assert.Equal(0, spikes.Neurons[0]);
        Assert.DoesNotContain(0, spikes.Neurons.Skip(1));
        Assert.Equal(PhaseOfSilentNeuron(spikes), 2 * Math.Atan2(silent.X, silent.Y), 1e-9);
    }

    [Fact]
    public void AFewNeuronsInTenThousandStaySilentForAHundredSeconds()
    {
        var p = Parameters with { N = 10_000, K = 100, BurnIn = RunLength.Seconds(10), Stop = RunLength.Seconds(100) };
        var (spikes, _) = SpikeList.Of(p);

        // 3.3 ± 1.5 in independent code.
        Assert.InRange(10_000 - spikes.Neurons.Distinct().Count(), 1, 11);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(1e4)]
    public void NoVectorLeavesTheBoundOnLengths(double weight)
    {
        foreach (var turn in new[] { 0.1, 1, 10, 100 })
        {
            var bound = new LengthBound(weight);
            bound.Turn(turn);
            var spikes = bound.SpikesLeft;
            Assert.True(spikes >= 1);

            // The steepest growth that turning the same angle between equal inputs can reach, outwards and back.
            foreach (var radians in new[] { 2 * turn / spikes, Math.Min(2 * turn / spikes, Math.Atan(2 / weight)) })
            {
                Assert.InRange(Log2OfGrowth(-weight, radians, spikes), -600, 600);
                Assert.InRange(Log2OfGrowth(weight, -radians, spikes), -600, 600);
            }
        }
    }

    // It spikes first and is a target of all spikes that follow.
    private static double PhaseOfSilentNeuron(SpikeList spikes)
    {
        var w = 2 * Math.Sqrt(Parameters.Tau * Math.Sqrt(Parameters.K));
        var c = -1 / Math.Sqrt(Parameters.K) * 2 / w;
        var (phase, before) = (-Math.PI, 0.0);
        foreach (var seconds in spikes.Seconds.Skip(1))
        {
            phase += (seconds - before) * w / Parameters.Tau;
            phase = 2 * Math.Atan(Math.Tan(phase / 2) + c);
            before = seconds;
        }

        return phase;
    }

    private static double Log2OfGrowth(double shear, double radians, long inputs)
    {
        var (x, y, exponent) = (1.0, 1.0, 0);
        var (sine, cosine) = Math.SinCos(radians);
        for (var i = 0L; i < inputs; i++)
        {
            (x, y) = ((x * cosine) + (y * sine) + (shear * ((y * cosine) - (x * sine))), (y * cosine) - (x * sine));
            var shift = Math.ILogB(Math.Max(Math.Abs(x), Math.Abs(y)));
            (x, y, exponent) = (Math.ScaleB(x, -shift), Math.ScaleB(y, -shift), exponent + shift);
        }

        return exponent;
    }

    private static IndependentTargets Network() => new(Parameters.N, Parameters.K, seedNet: 1);

    private static WindowLoop<DirectionNetwork<ScalarDirectionScan>> Loop(Func<int, Direction> initial, ITargetSource network, int k)
    {
        var directions = new NativeBuffer<Direction>(Parameters.N);
        for (var i = 0; i < Parameters.N; i++)
        {
            directions.Pointer[i] = initial(i);
        }

        var targets = new TargetRows(network, Parameters.N, k, budgetBytes: 0);
        return new(new(new QifDirections(Parameters), directions, targets, repeats: 1, excitatory: 0), wantedCandidates: null);
    }

    private static SpikeList Run(WindowLoop<DirectionNetwork<ScalarDirectionScan>> loop, long spikes, double seconds)
    {
        var list = new SpikeList();
        loop.Run(ref list, spikes, seconds, TestContext.Current.CancellationToken);
        return list;
    }

    private sealed class Ring(int n) : ITargetSource
    {
        public void Draw(int neuron, int* row) => row[0] = (neuron + n - 1) % n;

        public void Dispose()
        {
        }
    }

    /// <summary>The first k targets as in another network, which has none of the first neuron's; the last is that neuron.</summary>
    private sealed class AllToTheFirst(ITargetSource network, int k) : ITargetSource
    {
        public void Draw(int neuron, int* row)
        {
            network.Draw(neuron, row);
            for (var i = 0; i < k; i++)
            {
                row[i] = row[i] == 0 ? Parameters.N - 1 : row[i];
            }

            row[k] = 0;
        }

        public void Dispose() => network.Dispose();
    }
}

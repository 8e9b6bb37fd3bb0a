using SparseProp.Engine;
using SparseProp.Engine.Adjoint;

namespace SparseProp.Execution.Benchmarks;

/// <summary>Measures what following spikes back costs beside running them: of one network, run and backward pass take turns.</summary>
/// <param name="rounds">How many turns.</param>
/// <param name="spikes">How many spikes a run has, about, whatever the network's size.</param>
public sealed class TrainingBench(int rounds, int spikes)
{
    // Of the sample networks, in Hz: with the length of a run, it makes the number of its spikes.
    private const double Rate = 3;

    /// <summary>Measures one network from random phases.</summary>
    /// <param name="network">Model, size and coupling; lif, qif or eif.</param>
    /// <param name="cancellation">Looked at between the turns.</param>
    /// <exception cref="ArgumentException">It cannot be trained; the message says why.</exception>
    public TrainingCost Measure(SimulationParameters network, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(network);
        var trainable = TrainableNetwork.Random(
            network.Model, network.N, network.K, network.J0, network.Rate, network.Tau, network.SeedNet, network.DeltaV);
        var random = new Random(1);
        double[] phases = [.. Enumerable.Range(0, network.N).Select(_ => random.NextDouble())];
        var seconds = spikes / (Rate * network.N);
        var gradients = Gradients.ZerosFor(trainable);
        var (forward, backward) = (new double[rounds], new double[rounds]);
        var count = 0;
        for (var round = -1; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            SpikingRun? run = null;
            var ahead = EngineBench.Time(() => run = Forward.Run(trainable, phases, InputSpikes.None, seconds, new TapeOptions()));
            double[] loss = [.. run!.Times.Select(_ => random.NextDouble() - 0.5)];

            // Of every neuron: one that no loss depends on would be followed for nothing.
            double[] lossByPhase = [.. Enumerable.Range(0, network.N).Select(_ => random.NextDouble() - 0.5)];
            var back = EngineBench.Time(() => Backward.Accumulate(run, loss, lossByPhase, [], gradients));
            count = Math.Max(1, run.Times.Length);
            if (round >= 0)
            {
                (forward[round], backward[round]) = (ahead / count, back / count);
            }
        }

        var ratios = BenchRounds.Ratios(backward, forward);
        return new TrainingCost(
            network, count, BenchRounds.Median(forward), BenchRounds.Median(backward), BenchRounds.Median(ratios), BenchRounds.Spread(ratios));
    }
}

/// <summary>What the exact gradient of a run costs; medians over rounds side by side.</summary>
/// <param name="Network">The network.</param>
/// <param name="Spikes">Spikes of the run.</param>
/// <param name="Forward">CPU seconds per spike of the recorded run.</param>
/// <param name="Backward">CPU seconds per spike of its backward pass.</param>
/// <param name="Ratio">Median over rounds of backward by forward.</param>
/// <param name="Spread">Half width between the quartiles of that ratio, relative to it.</param>
public sealed record TrainingCost(SimulationParameters Network, int Spikes, double Forward, double Backward, double Ratio, double Spread)
{
    public double ForwardNanosecondsPerEvent => Forward * 1e9 / Network.K;

    public double BackwardNanosecondsPerEvent => Backward * 1e9 / Network.K;
}

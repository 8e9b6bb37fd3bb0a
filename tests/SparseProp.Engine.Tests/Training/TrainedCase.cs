using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Tests.Training;

/// <summary>A random network with weights of its own, input, and a random linear loss of its spike times, final phases and periods.</summary>
internal sealed record TrainedCase(
    TrainableNetwork Network, double[] Phases, InputSpikes Input, double Seconds, TapeOptions Options, int LossSeed)
{
    public static TrainedCase Random(
        NeuronModel model, int seed, bool excites, EventLoop loop = EventLoop.Window, int n = 20, int k = 5, double length = 8, bool hasInput = true)
    {
        var random = new System.Random(seed);
        var network = TrainableNetwork.Random(model, n, k, 1, 30, 0.01, seed).WithInputs(6, 4, 0.1, seed + 1);
        var share = excites ? 0.3 : 0;
        double Weight(double scale) => scale * (0.3 + random.NextDouble()) * (random.NextDouble() < share ? 0.4 : -1);
        network = network with
        {
            Drive = [.. network.Drive.Select(drive => drive * (0.7 + (0.6 * random.NextDouble())))],
            Recurrent = network.Recurrent with { Weights = [.. network.Recurrent.Weights.Select(_ => Weight(0.4))] },
            Input = network.Input with { Weights = [.. network.Input.Weights.Select(_ => Weight(0.5))] },
        };
        var seconds = length * network.Tau;
        var times = Enumerable.Range(0, hasInput ? 15 : 0).Select(_ => seconds * random.NextDouble()).Order().ToArray();
        return new TrainedCase(
            network,
            [.. Enumerable.Range(0, n).Select(_ => (0.98 * random.NextDouble()) - (model != NeuronModel.Qif && random.Next(5) == 0 ? 0.5 : 0))],
            new InputSpikes(times, [.. times.Select(_ => random.Next(6))]),
            seconds,
            new TapeOptions { EventLoop = loop },
            seed + 2);
    }

    public SpikingRun Run() => Forward.Run(Network, Phases, Input, Seconds, Options);

    /// <summary>The loss's derivatives: by spike times, final phases, periods.</summary>
    public (double[] BySpike, double[] ByPhase, double[] ByPeriod) Loss(SpikingRun run)
    {
        var random = new System.Random(LossSeed);
        double[] Draw(int count, double scale) => [.. Enumerable.Range(0, count).Select(_ => scale * ((2 * random.NextDouble()) - 1))];
        var (byPhase, byPeriod) = (Draw(Network.Neurons, 1), Draw(Network.Neurons, 1 / Network.Tau));
        return (Draw(run.Neurons.Length, 1 / Network.Tau), byPhase, byPeriod);
    }

    public double LossOf(SpikingRun run, (double[] BySpike, double[] ByPhase, double[] ByPeriod) loss) =>
        run.Times.Zip(loss.BySpike, (time, by) => time * by).Sum()
        + run.FinalPhases.Zip(loss.ByPhase, (phase, by) => phase * by).Sum()
        + Enumerable.Range(0, Network.Neurons).Sum(neuron => run.PeriodOf(neuron) * loss.ByPeriod[neuron]);

    public Gradients Gradients()
    {
        var run = Run();
        var (bySpike, byPhase, byPeriod) = Loss(run);
        return Backward.Run(run, bySpike, byPhase, byPeriod);
    }
}

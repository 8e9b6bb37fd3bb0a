using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training.Tasks;

/// <summary>
/// The Yin-Yang data set (Kriener, Göltz and Petrovici 2022), generated: points of a disc belong to one half, the other, or the dots.
/// A point (x, y) becomes spikes at latencies that grow with x, y, 1 − x and 1 − y, beside one at a fixed time. The output neurons are
/// the last of the network, and the class of the first of them to spike is chosen.
/// </summary>
internal sealed class ClassificationTask : ITrainingTask
{
    /// <summary>Latencies take the first half of a trial, so that the network has the other to answer.</summary>
    private const double InputShare = 0.5;

    /// <summary>Output spikes so far apart, in membrane time constants, are told apart.</summary>
    private const double Scale = 0.5;

    private readonly SimulationParameters _parameters;
    private readonly TrainingParameters _training;
    private readonly int[] _outputs;

    public ClassificationTask(SimulationParameters p)
    {
        (_parameters, _training) = (p, p.Training!);
        Untrained = TrainingTasks.UntrainedNetwork(p);
        InitialPhases = PhaseDraws.Initial(p.N, p.SeedIc);
        _outputs = [.. Enumerable.Range(p.N - TrainingParameters.Classes, TrainingParameters.Classes)];

        // Outputs begin alike: none may be ahead of the others before there is any input.
        foreach (var output in _outputs)
        {
            InitialPhases[output] = Phases.Reset;
        }
    }

    public TrainableNetwork Untrained { get; }

    public double[] InitialPhases { get; }

    public bool DrawsPhases => false;

    public Trial TrainingTrial(long number) => TrialOf(new Draws(_training.SeedData, DrawPurpose.TrainingTrial, number));

    public Trial ValidationTrial(long number) => TrialOf(new Draws(_training.SeedData, DrawPurpose.ValidationTrial, number));

    public Judgement Judge(Trial trial, SpikingRun run) => FirstSpikeLoss.Of(
        new SpikeTrains(run, _parameters.Stop.Amount), _outputs, trial.Class, Scale * _parameters.Tau);

    public double? WeightError(TrainableNetwork network) => null;

    private Trial TrialOf(Draws draws)
    {
        var sample = YinYang.Draw(ref draws);
        var latest = InputShare * _parameters.Stop.Amount;
        double[] features = [sample.X, sample.Y, 1 - sample.X, 1 - sample.Y, 0];
        var times = new double[_training.Inputs];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = latest * features[i % features.Length];
        }

        var input = InputPatterns.Sorted(times);
        return new Trial(InitialPhases, InputPatterns.Jittered(input, _training.Jitter, draws), [], sample.Class);
    }
}

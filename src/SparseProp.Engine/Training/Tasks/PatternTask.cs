using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training.Tasks;

/// <summary>
/// The first neurons of the network are to spike at given times of a trial, while inputs spike in a pattern that is always the same
/// but for <see cref="TrainingParameters.Jitter"/>. Target times are drawn: intervals uniform between 1 and 2 of the period that
/// the neuron has by itself.
/// </summary>
internal sealed class PatternTask : ITrainingTask
{
    private const double ShortestInterval = 1;
    private const double LongestInterval = 2;

    private readonly SimulationParameters _parameters;
    private readonly TrainingParameters _training;
    private readonly double[] _periods;
    private readonly InputSpikes _pattern;
    private readonly SpikeTarget[] _targets;

    public PatternTask(SimulationParameters p)
    {
        (_parameters, _training) = (p, p.Training!);
        Untrained = TrainingTasks.UntrainedNetwork(p);
        _periods = Phases.PeriodsOf(Untrained);
        InitialPhases = PhaseDraws.Initial(p.N, p.SeedIc);
        var outputs = Enumerable.Range(0, Math.Min(_training.Outputs, p.N)).ToArray();

        // Else one that is about to spike would have to be kept from it.
        foreach (var output in outputs)
        {
            InitialPhases[output] = Phases.Reset;
        }

        _pattern = InputPatterns.OneSpikeEach(_training.Inputs, p.Stop.Amount, new Draws(_training.SeedData, DrawPurpose.InputPattern));
        _targets = [.. outputs.Select(TargetOf)];
    }

    public TrainableNetwork Untrained { get; }

    public double[] InitialPhases { get; }

    public bool DrawsPhases => false;

    public Trial TrainingTrial(long number) => TrialOf(new Draws(_training.SeedData, DrawPurpose.TrainingTrial, number));

    public Trial ValidationTrial(long number) => TrialOf(new Draws(_training.SeedData, DrawPurpose.ValidationTrial, number));

    public Judgement Judge(Trial trial, SpikingRun run) =>
        SpikeTimeLoss.Of(new SpikeTrains(run, _parameters.Stop.Amount), trial.Targets, _parameters.Tau);

    public double? WeightError(TrainableNetwork network) => null;

    private Trial TrialOf(Draws draws) =>
        new(InitialPhases, InputPatterns.Jittered(_pattern, _training.Jitter, draws), _targets, Class: 0);

    private SpikeTarget TargetOf(int neuron)
    {
        var draws = new Draws(_training.SeedData, DrawPurpose.Targets, neuron);
        var period = _periods[neuron];
        var seconds = new List<double>();
        var next = period * draws.Uniform(ShortestInterval, LongestInterval);

        // At least one, or a short trial would ask for nothing.
        while (next < _parameters.Stop.Amount || seconds.Count == 0)
        {
            seconds.Add(next);
            next += period * draws.Uniform(ShortestInterval, LongestInterval);
        }

        return new SpikeTarget(neuron, [.. seconds]);
    }
}

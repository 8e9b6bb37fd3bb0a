using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training.Tasks;

/// <summary>
/// A student that knows who is connected to whom, but of every synapse only the mean strength, is shown the spikes of a teacher whose
/// strengths are uniform between 0 and twice the mean. Initial phases and input spikes are drawn anew for every trial. Each neuron's
/// spikes are to be where the teacher's are, and the one that the teacher would have had next, too.
/// </summary>
internal sealed class TeacherTask : ITrainingTask
{
    private readonly SimulationParameters _parameters;
    private readonly TrainingParameters _training;
    private readonly TrainableNetwork _teacher;

    public TeacherTask(SimulationParameters p)
    {
        (_parameters, _training) = (p, p.Training!);
        Untrained = TrainingTasks.UntrainedNetwork(p);
        InitialPhases = PhaseDraws.Initial(p.N, p.SeedIc);
        _teacher = TeacherOf(Untrained, _training);
    }

    public TrainableNetwork Untrained { get; }

    public double[] InitialPhases { get; }

    public bool DrawsPhases => true;

    public Trial TrainingTrial(long number) => TrialOf(DrawPurpose.TrainingTrial, number);

    public Trial ValidationTrial(long number) => TrialOf(DrawPurpose.ValidationTrial, number);

    public Judgement Judge(Trial trial, SpikingRun run) =>
        SpikeTimeLoss.Of(new SpikeTrains(run, _parameters.Stop.Amount), trial.Targets, _parameters.Tau);

    public double? WeightError(TrainableNetwork network) =>
        Distance(network, _teacher) is var trained && Distance(Untrained, _teacher) is > 0 and var untrained ? trained / untrained : 0;

    private static TrainableNetwork TeacherOf(TrainableNetwork student, TrainingParameters training)
    {
        var draws = new Draws(training.SeedData, DrawPurpose.TeacherWeights);
        var recurrent = Scaled(student.Recurrent.Weights, ref draws);
        var input = Scaled(student.Input.Weights, ref draws);
        return student with
        {
            Recurrent = training.Trained.HasFlag(TrainedParameters.Weights) ? student.Recurrent with { Weights = recurrent } : student.Recurrent,
            Input = training.Trained.HasFlag(TrainedParameters.Inputs) ? student.Input with { Weights = input } : student.Input,
        };
    }

    private static double[] Scaled(double[] weights, ref Draws draws)
    {
        var scaled = new double[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            scaled[i] = weights[i] * draws.Uniform(0, 2);
        }

        return scaled;
    }

    private static double Distance(TrainableNetwork a, TrainableNetwork b) =>
        Math.Sqrt(SquaredDistance(a.Recurrent.Weights, b.Recurrent.Weights) + SquaredDistance(a.Input.Weights, b.Input.Weights));

    private static double SquaredDistance(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }

    private Trial TrialOf(DrawPurpose purpose, long number)
    {
        var seconds = _parameters.Stop.Amount;
        var phases = PhaseDraws.Uniform(_parameters.N, new Draws(_parameters.SeedIc, purpose, number));
        var input = InputPatterns.OneSpikeEach(_training.Inputs, seconds, new Draws(_training.SeedData, purpose, number));
        var run = Forward.Run(_teacher, phases, input, seconds, new TapeOptions { EventLoop = _parameters.Loop });
        var trains = new SpikeTrains(run, seconds);
        SpikeTarget[] targets = [.. Enumerable.Range(0, Untrained.Neurons).Select(neuron => new SpikeTarget(
            neuron, [.. Enumerable.Range(0, trains.CountOf(neuron) + 1).Select(ordinal => trains.TimeOf(neuron, ordinal))]))];
        return new Trial(phases, input, targets, Class: 0);
    }
}

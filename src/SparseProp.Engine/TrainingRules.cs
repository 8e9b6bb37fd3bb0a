using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine;

/// <summary>Which training runs there can be.</summary>
internal static class TrainingRules
{
    private const int MostIterations = 10_000_000;
    private const int MostTrials = 1_000_000;
    private const int MostInputs = 10_000_000;

    public static void Check(SimulationParameters p, TrainingParameters training, List<ParameterError> errors)
    {
        CheckNetwork(p, errors);
        CheckOptimiser(training, errors);
        CheckTrials(p, training, errors);
    }

    private static void CheckNetwork(SimulationParameters p, List<ParameterError> errors)
    {
        if (p.Model is not (NeuronModel.Lif or NeuronModel.Qif or NeuronModel.Eif))
        {
            errors.Add(new("model", $"model {EngineNames.Of(p.Model)} cannot be trained; write lif, qif or eif"));
        }

        if (p.Drive == 0)
        {
            errors.Add(new(
                p.K == 0 ? "k" : p.J0 == 0 ? "j0" : "rate", "the drive tau·√k·|j0|·rate is 0, and a network without drive cannot be trained"));
        }

        if (p.ExcitatoryFraction != 0)
        {
            errors.Add(new("excitatory_fraction", "training begins with synapses of one sign; leave excitatory_fraction out"));
        }

        if (p.G != 1)
        {
            errors.Add(new("g", "training begins with synapses of one strength; leave g out"));
        }

        if (p.Topology != Topology.Independent)
        {
            errors.Add(new("topology", "networks that are trained are drawn with topology independent; leave topology out"));
        }

        if (p.Stop.Unit != RunUnit.Seconds)
        {
            errors.Add(new("stop", "a trial has a length in seconds; write stop: { seconds: 0.1 }"));
        }

        if (p.BurnIn.Amount > 0)
        {
            errors.Add(new("burn_in", "a trial begins with the initial condition; leave burn_in out"));
        }

        if (p.LyapunovExponents != 0)
        {
            errors.Add(new("lyapunov", "exponents are measured in simulations only; leave lyapunov out"));
        }
    }

    private static void CheckOptimiser(TrainingParameters t, List<ParameterError> errors)
    {
        RequireWithin("iterations", t.Iterations, 1, MostIterations, "steps", errors);
        RequireWithin("batch", t.Batch, 1, MostTrials, "trials", errors);
        Require(t.LearningRate is > 0 and <= 100, "learning_rate", t.LearningRate, "is no size of steps; it must be above 0 and at most 100", errors);
        Require(
            t.LearningRateDecay is >= 1e-9 and <= 1,
            "learning_rate_decay",
            t.LearningRateDecay,
            "is no factor that the learning rate falls by until the end; it must be within 1e-9 and 1",
            errors);
        Require(t.Clip is >= 0 and <= 1e9, "clip", t.Clip, "is no norm of a gradient; it must be within 0 (no clipping) and 1e9", errors);
        Require(
            t.TruncationWindow is 0 or (>= TapeOptions.LeastTruncationWindow and <= 1e9),
            "truncation_window",
            t.TruncationWindow,
            "is no number of membrane time constants; it must be 0 (no truncation), or within 0.001 and 1e9",
            errors);
        if (t.Trained == TrainedParameters.None)
        {
            errors.Add(new("train", "nothing would be trained; name some of weights, inputs, drive, phases"));
        }

        if (t.Trained.HasFlag(TrainedParameters.Phases) && t.Task == TrainingTask.Teacher)
        {
            errors.Add(new("train", "every trial of the teacher begins with other phases, so they cannot be trained; leave phases out"));
        }

        if (t.Trained == TrainedParameters.Inputs && (t.Inputs == 0 || t.InputTargets == 0))
        {
            errors.Add(new("train", "there are no weights of inputs to train; give inputs and input_targets, or train weights"));
        }
    }

    private static void CheckTrials(SimulationParameters p, TrainingParameters t, List<ParameterError> errors)
    {
        RequireWithin("validation_trials", t.ValidationTrials, 1, MostTrials, "trials", errors);
        RequireWithin("inputs", t.Inputs, 0, MostInputs, "inputs", errors);
        Require(t.InputWeight is >= 0 and <= 1e6, "input_weight", t.InputWeight, "is no size of weights; it must be within 0 and 1e6", errors);
        RequireWithin("input_targets", t.InputTargets, 0, int.MaxValue, "neurons", errors);
        RequireWithin("outputs", t.Outputs, 1, int.MaxValue, "neurons", errors);
        Require(t.Jitter is >= 0 and <= 1e6, "jitter", t.Jitter, "is no deviation in seconds; it must be within 0 and 1e6", errors);
        if (t.Task == TrainingTask.Classification && t.Inputs < TrainingParameters.ClassificationInputs)
        {
            errors.Add(new(
                "inputs", $"inputs = {t.Inputs} do not carry a sample; classification needs at least {TrainingParameters.ClassificationInputs}"));
        }

        if (t.Task == TrainingTask.Classification && p.N <= TrainingParameters.Classes)
        {
            errors.Add(new("n", $"n = {p.N} leaves no neuron beside the {TrainingParameters.Classes} outputs; n must be larger"));
        }
    }

    private static void RequireWithin(string name, int value, int least, int most, string what, List<ParameterError> errors)
    {
        if (value < least || value > most)
        {
            errors.Add(new(name, $"{name} = {value} is no number of {what}; it must be within {least} and {most}"));
        }
    }

    private static void Require(bool holds, string name, double value, string otherwise, List<ParameterError> errors)
    {
        if (!holds)
        {
            errors.Add(new(name, FormattableString.Invariant($"{name} = {value} {otherwise}")));
        }
    }
}

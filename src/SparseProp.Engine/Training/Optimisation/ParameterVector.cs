using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training.Optimisation;

/// <summary>The parameters of a network that are trained, as one vector: weights, input weights, drive, initial phases.</summary>
internal sealed class ParameterVector
{
    // Drive below this makes periods so long that no trial sees a spike.
    private const double LeastDrive = 1e-3;

    // A neuron at the threshold itself would spike before the trial begins.
    private const double MostPhase = 0.999;

    private readonly TrainableNetwork _untrained;
    private readonly double[] _untrainedPhases;
    private readonly TrainedParameters _trained;

    public ParameterVector(TrainableNetwork untrained, double[] initialPhases, TrainedParameters trained)
    {
        (_untrained, _untrainedPhases, _trained) = (untrained, initialPhases, trained);
        Values = [.. PartsOf(untrained.Recurrent.Weights, untrained.Input.Weights, untrained.Drive, initialPhases)];
    }

    /// <summary>Changed by whoever trains; then <see cref="Constrain"/>.</summary>
    public double[] Values { get; }

    /// <summary>The network with the values in their places.</summary>
    public TrainableNetwork Network
    {
        get
        {
            var (weights, rest) = Take(Values, TrainedParameters.Weights, _untrained.Recurrent.Weights);
            (var inputs, rest) = Take(rest, TrainedParameters.Inputs, _untrained.Input.Weights);
            var (drive, _) = Take(rest, TrainedParameters.Drive, _untrained.Drive);
            return _untrained with
            {
                Recurrent = _untrained.Recurrent with { Weights = weights },
                Input = _untrained.Input with { Weights = inputs },
                Drive = drive,
            };
        }
    }

    /// <summary>The initial phases, trained or not.</summary>
    public double[] InitialPhases =>
        _trained.HasFlag(TrainedParameters.Phases) ? Values[^_untrained.Neurons..] : _untrainedPhases;

    /// <summary>Adds <paramref name="share"/> of a run's gradient to <paramref name="sum"/>, a vector of this form.</summary>
    public void AddTo(Span<double> sum, Gradients gradients, double share)
    {
        var i = 0;
        foreach (var g in PartsOf(gradients.Recurrent, gradients.Input, gradients.Drive, gradients.InitialPhases))
        {
            sum[i++] += share * g;
        }
    }

    /// <summary>Moves what has left its range back to the range's end: drive stays positive, phases between reset and threshold.</summary>
    public void Constrain()
    {
        var end = Values.Length;
        if (_trained.HasFlag(TrainedParameters.Phases))
        {
            foreach (ref var phase in Values.AsSpan(end - _untrained.Neurons))
            {
                phase = Math.Clamp(phase, Phases.Reset, MostPhase);
            }

            end -= _untrained.Neurons;
        }

        if (_trained.HasFlag(TrainedParameters.Drive))
        {
            foreach (ref var drive in Values.AsSpan(end - _untrained.Neurons, _untrained.Neurons))
            {
                drive = Math.Max(drive, LeastDrive);
            }
        }
    }

    private IEnumerable<double> PartsOf(double[] weights, double[] inputs, double[] drive, double[] phases) =>
        Part(TrainedParameters.Weights, weights)
            .Concat(Part(TrainedParameters.Inputs, inputs))
            .Concat(Part(TrainedParameters.Drive, drive))
            .Concat(Part(TrainedParameters.Phases, phases));

    private double[] Part(TrainedParameters part, double[] values) => _trained.HasFlag(part) ? values : [];

    private (double[] Part, double[] Others) Take(double[] values, TrainedParameters part, double[] untrained) =>
        _trained.HasFlag(part) ? (values[..untrained.Length], values[untrained.Length..]) : (untrained, values);
}

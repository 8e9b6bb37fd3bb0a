using System.IO.Hashing;
using System.Runtime.InteropServices;
using SparseProp.Engine.Adjoint;
using SparseProp.Engine.Arithmetic;
using SparseProp.Engine.Training.Optimisation;
using SparseProp.Engine.Training.Tasks;

namespace SparseProp.Engine.Training;

/// <summary>
/// One network from before its training to after it, on the calling thread, trial by trial. Only <see cref="Progress"/> may be read
/// from other threads.
/// </summary>
public sealed partial class TrainingRun
{
    private readonly TrainingParameters _training;
    private readonly TrainingOptions _options;
    private readonly ITrainingTask _task;
    private readonly ParameterVector _vector;
    private readonly Adam _adam;
    private readonly double[] _gradient;
    private readonly CurveBuilder _curve;
    private readonly int _rowEvery;
    private readonly long _trialsInAll;
    private TrainableNetwork _network;
    private TrialSums _sums;
    private bool _isValidating = true;
    private long _iteration;
    private long _spikes;
    private long _trialsDone;
    private double _progress;

    /// <exception cref="ArgumentException">The parameters are no training run, or cannot be run; the message says all that is wrong.</exception>
    public TrainingRun(SimulationParameters parameters, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(options);
        _training = parameters.Training ?? throw new ArgumentException("These parameters are of a simulation, not of training.", nameof(parameters));
        if (ParameterRules.Check(parameters) is { Count: > 0 } errors)
        {
            throw new ArgumentException(string.Join("; ", errors.Select(e => e.Message)), nameof(parameters));
        }

        (Parameters, _options) = (parameters, options);
        _task = TrainingTasks.Create(parameters);
        _network = _task.Untrained;
        _vector = new ParameterVector(_network, _task.InitialPhases, _training.Trained);
        _adam = new Adam(_vector.Values.Length);
        _gradient = new double[_vector.Values.Length];
        _rowEvery = LearningCurve.IterationsPerRow(_training.Iterations);
        _curve = new CurveBuilder();
        _trialsInAll = (long)_training.Trials;
    }

    public SimulationParameters Parameters { get; }

    /// <summary>Steps of the optimiser made.</summary>
    public long Iteration => _iteration;

    /// <summary>How much is done, from 0 to 1, in trials; never decreases.</summary>
    public double Progress => Volatile.Read(ref _progress);

    /// <summary>The learning curve so far.</summary>
    public LearningCurve Curve => _curve.Build();

    /// <summary>What was learnt; null until training has come to its end.</summary>
    public SimulationResult? Result { get; private set; }

    /// <summary>The network before training.</summary>
    public TrainableNetwork Untrained => _task.Untrained;

    /// <summary>The network as it is now.</summary>
    public TrainableNetwork Network => _network;

    /// <summary>Runs what is left.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two trials; may be called again and goes on there.</exception>
    public SimulationResult Run(CancellationToken cancellation = default)
    {
        while (!Advance(cancellation))
        {
        }

        return Result!;
    }

    /// <summary>
    /// Runs to the next row of the learning curve, or the next step of the optimiser where one comes before, and returns whether that
    /// was the last. However often it is interrupted, the result is the same.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled between two trials; may be called again and goes on there.</exception>
    public bool Advance(CancellationToken cancellation = default)
    {
        if (Result is not null)
        {
            return true;
        }

        if (_isValidating)
        {
            Validate(cancellation);
        }
        else
        {
            Learn(cancellation);
        }

        return Result is not null;
    }

    private void Validate(CancellationToken cancellation)
    {
        while (_sums.Trials < _training.ValidationTrials)
        {
            cancellation.ThrowIfCancellationRequested();
            var trial = _task.ValidationTrial(_sums.Trials);
            var run = Run(trial);
            _sums.Add(_task.Judge(trial, run), run.Discontinuities);
            Count(run);
        }

        _curve.Add(_iteration, _sums);
        _sums = default;
        _isValidating = false;
        if (_iteration == _training.Iterations)
        {
            Result = Summarise();
        }
    }

    private void Learn(CancellationToken cancellation)
    {
        while (_sums.Trials < _training.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var trial = _task.TrainingTrial((_iteration * _training.Batch) + _sums.Trials);
            var run = Run(trial);
            var judgement = _task.Judge(trial, run);
            var gradients = Backward.Run(run, judgement.LossBySpikeTime, judgement.LossByFinalPhase, judgement.LossByPeriod);
            _vector.AddTo(_gradient, gradients, 1.0 / _training.Batch);
            _sums.Add(judgement, run.Discontinuities);
            Count(run);
        }

        var norm = Norms.Clip(_gradient, _training.Clip);

        // Beyond what a double can hold, a gradient has no direction; the curve tells that its norm was infinite.
        if (double.IsFinite(norm))
        {
            _adam.Step(_vector.Values, _gradient, RateAt(_iteration));
            _vector.Constrain();
            _network = _vector.Network;
        }

        _curve.AddStep(_sums.MeanLoss, norm);
        Array.Clear(_gradient);
        _sums = default;
        _iteration++;
        _isValidating = _iteration % _rowEvery == 0 || _iteration == _training.Iterations;
    }

    private SpikingRun Run(Trial trial) => Forward.Run(
        _network, _task.DrawsPhases ? trial.InitialPhases : _vector.InitialPhases, trial.Input, Parameters.Stop.Amount, TapeOptions);

    /// <summary>Trials done, those of validation included.</summary>
    internal long TrialsDone => _trialsDone;

    /// <summary>Called after every trial.</summary>
    internal Action? AfterTrial { get; set; }

    private TapeOptions TapeOptions => new()
    {
        BudgetBytes = _options.TapeBytes,
        TruncationWindow = _training.TruncationWindow > 0 ? _training.TruncationWindow : null,
        EventLoop = Parameters.Loop,
    };

    /// <summary>The learning rate falls by the same factor at every step.</summary>
    private double RateAt(long iteration) => _training.LearningRate * ElementaryFunctions.Exp(
        ElementaryFunctions.Log(_training.LearningRateDecay) * iteration / Math.Max(1, _training.Iterations - 1));

    private void Count(SpikingRun run)
    {
        _spikes += run.Neurons.Length;
        _trialsDone++;
        Volatile.Write(ref _progress, (double)_trialsDone / _trialsInAll);
        AfterTrial?.Invoke();
    }

    private SimulationResult Summarise()
    {
        var seconds = _trialsDone * Parameters.Stop.Amount;
        return new SimulationResult
        {
            Spikes = _spikes,
            SimulatedSeconds = seconds,
            RateHz = _spikes / (Parameters.N * seconds),
            CvIsi = null,
            CvNeurons = 0,
            SynapticEvents = _spikes * Parameters.K,
            BytesPerNeuron = (double)MemoryNeed.LeastBytes(Parameters) / Parameters.N,
            Digest = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(_vector.Values.AsSpan())),
            Training = _curve.Summarise(_task.WeightError(_network)),
        };
    }
}

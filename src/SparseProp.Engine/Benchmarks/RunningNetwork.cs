using SparseProp.Engine.Loops;
using SparseProp.Engine.Statistics;

namespace SparseProp.Engine.Benchmarks;

/// <summary>A network past its burn-in that goes on as long as it is asked to, so that its speed can be measured in pieces.</summary>
public sealed class RunningNetwork : IDisposable
{
    private readonly IEventLoop _loop;
    private readonly SpikeStatistics _statistics;
    private readonly long _chunk;
    private bool _isDisposed;

    /// <summary>Builds the network and runs <see cref="SimulationParameters.BurnIn"/>, which must be given in spikes.</summary>
    /// <exception cref="ArgumentException">The parameters cannot be simulated.</exception>
    /// <exception cref="InsufficientMemoryException">The network does not fit.</exception>
    public RunningNetwork(SimulationParameters parameters, SimulationOptions options)
    {
        ParameterRules.Require(parameters, nameof(parameters));
        ArgumentNullException.ThrowIfNull(options);
        if (parameters.IsSilent || parameters.BurnIn.Unit == RunUnit.Seconds)
        {
            throw new ArgumentException("A running network has a drive above 0 and a burn-in in spikes.", nameof(parameters));
        }

        MemoryNeed.Require(parameters, options.MemoryBytes);
        _loop = EventLoops.Create(parameters, options);
        _statistics = new SpikeStatistics(parameters.N, parameters.Record);
        _chunk = Simulation.ChunkOf(parameters);
        Run(parameters.BurnIn.SpikeLimit(parameters.N));
        BytesPerNeuron = (double)(_loop.Bytes + _statistics.Bytes) / parameters.N;
    }

    /// <summary>State, queue, targets and statistics.</summary>
    public double BytesPerNeuron { get; }

    /// <summary>Goes on for so many network spikes and gathers no statistics.</summary>
    public void Run(long spikes)
    {
        var observer = default(NoObserver);
        Run(ref observer, spikes);
    }

    /// <summary>Goes on for so many network spikes and gathers rate, CV and digest as a measurement does.</summary>
    public void RunMeasured(long spikes)
    {
        var observer = new MeasurementObserver(_statistics, stability: null);
        Run(ref observer, spikes);
    }

    /// <summary>Goes on for so many network spikes and notes which neurons fire.</summary>
    /// <param name="neurons">Receives the neurons, counted from 0, one for each spike.</param>
    public void Record(Span<int> neurons)
    {
        var recorder = new NeuronRecorder(new int[neurons.Length]);
        Run(ref recorder, neurons.Length);
        recorder.Neurons.CopyTo(neurons);
    }

    public void Dispose()
    {
        _isDisposed = true;
        _loop.Dispose();
        _statistics.Dispose();
    }

    // In the chunks of a simulation, so that what they cost is in the measurement.
    private void Run<TObserver>(ref TObserver observer, long spikes)
        where TObserver : struct, ISpikeObserver
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(spikes);
        while (spikes > 0)
        {
            spikes -= _loop.Run(ref observer, Math.Min(_chunk, spikes), double.PositiveInfinity, CancellationToken.None);
        }
    }

    private struct NeuronRecorder(int[] neurons) : ISpikeObserver
    {
        private int _count;

        public readonly int[] Neurons => neurons;

        public void OnSpikes(ReadOnlySpan<Spike> spikes)
        {
            foreach (var spike in spikes)
            {
                neurons[_count++] = spike.Neuron;
            }
        }
    }
}

using System.Runtime.CompilerServices;
using SparseProp.Engine.Loops;
using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks;

namespace SparseProp.Engine.Benchmarks;

/// <summary>
/// What no event-based algorithm can do without: for each spike, one addition to a number of each target, over the same target
/// lists and in the same order of spikes, and nothing else. The next lists are fetched ahead, as only an oracle could.
/// </summary>
public sealed unsafe class MemoryFloor : IDisposable
{
    private const int FetchedAhead = 2;

    private readonly TargetRows _targets;
    private readonly NativeBuffer<double> _state;

    private bool _isDisposed;

    /// <summary>The state and the target lists of a network.</summary>
    /// <exception cref="ArgumentException">The parameters cannot be simulated.</exception>
    public MemoryFloor(SimulationParameters parameters, SimulationOptions options)
    {
        ParameterRules.Require(parameters, nameof(parameters));
        ArgumentNullException.ThrowIfNull(options);
        _targets = EventLoops.Targets(parameters, options);
        _state = new NativeBuffer<double>(parameters.N);
        for (var i = 0; i < parameters.N; i++)
        {
            _state.Pointer[i] = 1;
        }
    }

    /// <summary>Draws the target lists of these neurons where they are kept, so that <see cref="Add"/> finds them.</summary>
    public void Prepare(ReadOnlySpan<int> neurons)
    {
        Check(neurons);
        foreach (var neuron in neurons)
        {
            _targets.Row(neuron);
        }
    }

    /// <summary>Adds to the targets of these neurons, one after another.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void Add(ReadOnlySpan<int> neurons)
    {
        Check(neurons);
        var targets = _targets;
        var state = _state.Pointer;
        nint k = targets.Count;
        fixed (int* spikes = neurons)
        {
            for (var s = 0; s < neurons.Length; s++)
            {
                if (s + FetchedAhead < neurons.Length)
                {
                    targets.Prefetch(spikes[s + FetchedAhead]);
                }

                var row = targets.Row(spikes[s]);
                for (nint i = 0; i < k; i++)
                {
                    state[row[i]] += 1e-9;
                }
            }
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        _targets.Dispose();
        _state.Dispose();
    }

    private void Check(ReadOnlySpan<int> neurons)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        foreach (var neuron in neurons)
        {
            if ((uint)neuron >= (ulong)_state.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(neurons), neuron, $"neurons are numbers from 0 to {_state.Length - 1}");
            }
        }
    }
}

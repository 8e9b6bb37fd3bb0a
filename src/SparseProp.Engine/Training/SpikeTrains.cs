using SparseProp.Engine.Adjoint;

namespace SparseProp.Engine.Training;

/// <summary>
/// The spikes of a run by neuron, and the derivatives of a loss by them. A neuron has as many spikes as are asked for: one that has
/// not come when the trial ends is expected as many periods after the end as its phase is short of it.
/// </summary>
/// <remarks>
/// So a neuron that is silent, or spikes too seldom, has a gradient too: through its final phase. Where a spike passes the end of the
/// trial, it is the same time on both sides, and the loss is continuous.
/// </remarks>
internal sealed class SpikeTrains
{
    private readonly SpikingRun _run;
    private readonly double _seconds;
    private readonly int[] _first;
    private readonly int[] _spikes;

    /// <param name="run">A run from the begin of a trial.</param>
    /// <param name="seconds">Length of the trial.</param>
    public SpikeTrains(SpikingRun run, double seconds)
    {
        (_run, _seconds) = (run, seconds);
        var neurons = run.Network.Neurons;
        _first = new int[neurons + 1];
        foreach (var neuron in run.Neurons)
        {
            _first[neuron + 1]++;
        }

        for (var i = 0; i < neurons; i++)
        {
            _first[i + 1] += _first[i];
        }

        var next = _first.AsSpan(0, neurons).ToArray();
        _spikes = new int[_first[^1]];
        for (var spike = 0; spike < _spikes.Length; spike++)
        {
            _spikes[next[run.Neurons[spike]]++] = spike;
        }

        LossBySpikeTime = new double[_spikes.Length];
        LossByFinalPhase = new double[neurons];
        LossByPeriod = new double[neurons];
    }

    /// <summary>Derivative of the loss by each spike's time, in the order of the run.</summary>
    public double[] LossBySpikeTime { get; }

    /// <summary>Derivative of the loss by each neuron's final phase.</summary>
    public double[] LossByFinalPhase { get; }

    /// <summary>Derivative of the loss by each neuron's period without input.</summary>
    public double[] LossByPeriod { get; }

    /// <summary>How often the neuron spiked.</summary>
    public int CountOf(int neuron) => _first[neuron + 1] - _first[neuron];

    /// <summary>When the neuron spikes for the time <paramref name="ordinal"/>, from 0; beyond the end of the trial: expects to.</summary>
    public double TimeOf(int neuron, int ordinal)
    {
        return ordinal < CountOf(neuron)
            ? _run.Times[_spikes[_first[neuron] + ordinal]]
            : _seconds + (PeriodsTo(neuron, ordinal) * _run.PeriodOf(neuron));
    }

    /// <summary>Adds to the loss's derivative by <see cref="TimeOf"/>.</summary>
    public void AddGradient(int neuron, int ordinal, double lossByTime)
    {
        if (ordinal < CountOf(neuron))
        {
            LossBySpikeTime[_spikes[_first[neuron] + ordinal]] += lossByTime;
        }
        else
        {
            LossByFinalPhase[neuron] -= lossByTime * _run.PeriodOf(neuron);
            LossByPeriod[neuron] += lossByTime * PeriodsTo(neuron, ordinal);
        }
    }

    /// <summary>Periods from the end of the trial to a spike that is missing.</summary>
    private double PeriodsTo(int neuron, int ordinal) => ordinal - CountOf(neuron) + 1 - _run.FinalPhases[neuron];
}

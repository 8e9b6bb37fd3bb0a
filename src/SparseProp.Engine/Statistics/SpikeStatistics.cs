using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Snapshots;

namespace SparseProp.Engine.Statistics;

/// <summary>Digest and, where asked for, statistics of a measurement's spikes: O(1) for each spike.</summary>
internal sealed unsafe partial class SpikeStatistics : IDisposable
{
    private readonly int _n;
    private readonly StatisticKinds _kinds;
    private readonly NativeBuffer<NeuronIntervals> _intervals;
    private readonly NativeBuffer<IntervalPairs> _pairs;
    private readonly NativeBuffer<WindowCounts> _windows;
    private readonly NativeBuffer<long> _counts;
    private readonly SpikeDigest _digest = new();
    private readonly Activity _activity = new();
    private readonly PopulationCounts? _population;
    private readonly PopulationSpikes? _populations;
    private double _began;
    private long _occupied;
    private bool _isFinished;

    /// <param name="n">Number of neurons.</param>
    /// <param name="kinds">What to gather beside the digest.</param>
    /// <param name="populations">The populations of a network of one's own; null for the published one.</param>
    public SpikeStatistics(int n, StatisticKinds kinds, IReadOnlyList<Population>? populations = null)
    {
        _n = n;
        _kinds = kinds;
        var irregularity = kinds.HasFlag(StatisticKinds.Irregularity);
        var intervals = irregularity || kinds.HasFlag(StatisticKinds.Cv);
        var population = kinds.HasFlag(StatisticKinds.Population);
        _intervals = new(intervals ? n : 0);
        _pairs = new(irregularity ? n : 0);
        _windows = new(irregularity || population ? n : 0);
        _counts = new(kinds.HasFlag(StatisticKinds.Rates) && !intervals ? n : 0);
        _population = population ? new PopulationCounts() : null;
        _populations = populations is null ? null : new PopulationSpikes(populations);
    }

    public long Bytes => _intervals.Bytes + _pairs.Bytes + _windows.Bytes + _counts.Bytes;

    /// <summary>What these kinds take for each neuron.</summary>
    public static int BytesPerNeuron(StatisticKinds kinds)
    {
        var irregularity = kinds.HasFlag(StatisticKinds.Irregularity);
        var intervals = irregularity || kinds.HasFlag(StatisticKinds.Cv);
        return (intervals ? sizeof(NeuronIntervals) : 0)
            + (irregularity ? sizeof(IntervalPairs) : 0)
            + (irregularity || kinds.HasFlag(StatisticKinds.Population) ? sizeof(WindowCounts) : 0)
            + (kinds.HasFlag(StatisticKinds.Rates) && !intervals ? sizeof(long) : 0);
    }

    public UInt128 Digest() => _digest.Value();

    /// <summary>The measurement begins, so many seconds after the initial condition.</summary>
    public void Begin(double seconds) => _began = seconds;

    /// <summary>Mean coefficient of variation over the neurons with enough intervals, and how many those are.</summary>
    public (double? Mean, int Neurons) MeanCv() => MeanCv(0, _n);

    /// <param name="seconds">Length of the measurement.</param>
    /// <returns>Of each population; empty for the published network.</returns>
    public PopulationList Populations(double seconds) => _populations?.Summarise(seconds, MeanCv) ?? PopulationList.Empty;

    private (double? Mean, int Neurons) MeanCv(int from, int to)
    {
        var cvs = default(Moments);
        for (var i = from; i < Math.Min(to, _intervals.Length); i++)
        {
            if (_intervals.Pointer[i].Count >= SimulationResult.MinimumIntervals)
            {
                cvs.Add(_intervals.Pointer[i].Cv);
            }
        }

        return (cvs.MeanOrNull, (int)cvs.Count);
    }

    /// <param name="seconds">Length of the measurement.</param>
    public Stationarity? Stationarity(double seconds) => _activity.Halves(_n, seconds);

    /// <param name="seconds">Length of the measurement.</param>
    /// <param name="targets">The network; null where in-degrees are not looked at.</param>
    /// <returns>Null unless asked for, or where no time passed.</returns>
    public RateDistribution? Rates(double seconds, TargetRows? targets)
    {
        if (!_kinds.HasFlag(StatisticKinds.Rates) || seconds <= 0)
        {
            return null;
        }

        using var counts = new NativeBuffer<long>(_n);
        for (var i = 0; i < _n; i++)
        {
            counts.Pointer[i] = _counts.Length > 0 ? _counts.Pointer[i] : _intervals.Pointer[i].Spikes;
        }

        return RateSummary.Of(counts, seconds, targets);
    }

    /// <param name="seconds">Length of the measurement.</param>
    /// <returns>Null unless asked for.</returns>
    public Irregularity? Irregularity(double seconds)
    {
        if (_pairs.Length == 0)
        {
            return null;
        }

        var (cv, cv2, lv) = (default(Moments), default(Moments), default(Moments));
        var histogram = new double[Statistics.Irregularity.CvBins];
        for (var i = 0; i < _n; i++)
        {
            var intervals = _intervals.Pointer[i];
            if (intervals.Count >= SimulationResult.MinimumIntervals)
            {
                cv.Add(intervals.Cv);
                cv2.Add(_pairs.Pointer[i].Cv2(intervals.Count - 1));
                lv.Add(_pairs.Pointer[i].Lv(intervals.Count - 1));
                histogram[Statistics.Irregularity.BinOf(intervals.Cv)]++;
            }
        }

        var counts = CountsInWindows(seconds);
        return new Irregularity
        {
            CvSd = cv.DeviationOrNull,
            CvHistogram = new Series(histogram),
            Cv2 = cv2.MeanOrNull,
            Cv2Sd = cv2.DeviationOrNull,
            Lv = lv.MeanOrNull,
            LvSd = lv.DeviationOrNull,
            Fano = counts?.Fano.MeanOrNull,
            FanoNeurons = (int)(counts?.Fano.Count ?? 0),
            SilentFraction1s = SilentFraction(seconds),
        };
    }

    /// <param name="seconds">Length of the measurement; may be asked once.</param>
    /// <returns>Null unless asked for.</returns>
    public PopulationActivity? Population(double seconds)
    {
        if (_population is null)
        {
            return null;
        }

        if (!_isFinished)
        {
            _population.Finish(seconds);
            _isFinished = true;
        }

        var (lags, values) = _population.Autocorrelation();
        var all = _population.Moments(3, seconds);
        var single = CountsInWindows(seconds)?.Variance;
        var activity = _activity.FullBins(seconds);
        var counts = new double[activity.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = activity[i];
        }

        return new PopulationActivity
        {
            Fano1ms = _population.Fano(0, seconds),
            Fano10ms = _population.Fano(1, seconds),
            Fano100ms = _population.Fano(2, seconds),
            Fano1s = _population.Fano(3, seconds),
            MeanCorrelation1s = single > 0 ? (all!.Value.Variance - single) / ((_n - 1) * single) : null,
            CountChi1s = single > 0 ? Math.Sqrt(all!.Value.Variance / (_n * single.Value)) : null,
            ActivityBinSeconds = _activity.Width,
            Activity = new Series(counts),
            Autocorrelation = values,
            AutocorrelationLagSeconds = lags,
        };
    }

    public void Save(SnapshotWriter writer)
    {
        writer.Write(_intervals);
        writer.Write(_pairs);
        writer.Write(_windows);
        writer.Write(_counts);
        writer.Write(_began);
        writer.Write(_occupied);
        _digest.Save(writer);
        _activity.Save(writer);
        _population?.Save(writer);
        _populations?.Save(writer);
    }

    public void Restore(SnapshotReader reader)
    {
        reader.Read(_intervals);
        reader.Read(_pairs);
        reader.Read(_windows);
        reader.Read(_counts);
        _began = reader.ReadDouble();
        _occupied = reader.ReadInt64();
        _digest.Restore(reader);
        _activity.Restore(reader);
        _population?.Restore(reader);
        _populations?.Restore(reader);
    }

    public void Dispose()
    {
        _intervals.Dispose();
        _pairs.Dispose();
        _windows.Dispose();
        _counts.Dispose();
    }

    /// <summary>Share of neurons without a spike in a full window, the mean over these.</summary>
    private double? SilentFraction(double seconds)
    {
        var windows = FullWindows(seconds);
        var occupied = _occupied;
        for (var i = 0; i < _n; i++)
        {
            occupied -= _windows.Pointer[i].IsBeyond(windows) ? 1 : 0;
        }

        return windows < 1 ? null : 1 - ((double)occupied / _n / windows);
    }

    /// <summary>Fano factors of neurons with enough spikes, and the sum of all neurons' variances; null below two full windows.</summary>
    private (Moments Fano, double Variance)? CountsInWindows(double seconds)
    {
        var windows = FullWindows(seconds);
        if (windows < 2)
        {
            return null;
        }

        var fano = default(Moments);
        var sum = 0.0;
        for (var i = 0; i < _n; i++)
        {
            var (mean, variance) = _windows.Pointer[i].Moments(windows);
            sum += variance;
            if (_windows.Pointer[i].Spikes(windows) >= Statistics.Irregularity.MinimumSpikes)
            {
                fano.Add(variance / mean);
            }
        }

        return (fano, sum);
    }

    private static long FullWindows(double seconds) => Activity.FullBinCount(seconds, Statistics.Irregularity.WindowSeconds);
}

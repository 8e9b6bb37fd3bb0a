using SparseProp.Engine.Memory;
using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Draws;

namespace SparseProp.Engine.Populations.Neurons;

/// <summary>The parameters of each neuron of a population.</summary>
internal sealed unsafe class NeuronValues : IDisposable
{
    /// <summary>V ≥ threshold is decided to this part of the sizes involved, so that sums that reach it by rights do so on every machine.</summary>
    public const double Tolerance = 1.0 / (1L << 44);

    public const int BytesPerNeuron = 6 * 8;

    private readonly NativeBuffer<double> _numbers;
    private readonly NativeBuffer<long> _refractory;

    public NeuronValues(Population population, long seedNet)
    {
        var n = population.Size;
        _numbers = new NativeBuffer<double>(5L * n);
        _refractory = new NativeBuffer<long>(n);
        Thresholds = _numbers.Pointer;
        Levels = Thresholds + n;
        Resets = Levels + n;
        Drives = Resets + n;
        Rates = Drives + n;
        var values = new double[n];
        Fill("threshold", population.Threshold);
        values.CopyTo(new Span<double>(Thresholds, n));
        Fill("reset", population.Reset);
        values.CopyTo(new Span<double>(Resets, n));
        Fill("drive", population.Drive);
        values.CopyTo(new Span<double>(Drives, n));
        if (population.Model != PopulationModel.Qif)
        {
            Fill("rest", population.Rest);
            for (var i = 0; i < n; i++)
            {
                Drives[i] += values[i];
            }
        }

        Fill("tau", population.Tau);
        for (var i = 0; i < n; i++)
        {
            Rates[i] = 1 / (values[i] * Ticks.PerSecond);
        }

        Fill("refractory", population.Refractory);
        for (var i = 0; i < n; i++)
        {
            _refractory.Pointer[i] = Ticks.Of(values[i]);
            Levels[i] = LevelOf(population.Model, Thresholds[i], Resets[i], Drives[i]);
        }

        void Fill(string key, Quantity quantity) => Draw(population, key, quantity, values, seedNet);
    }

    public double* Thresholds { get; }

    /// <summary>Where V counts as at threshold after an input.</summary>
    public double* Levels { get; }

    public double* Resets { get; }

    /// <summary>Rest and drive together.</summary>
    public double* Drives { get; }

    /// <summary>1/τ, τ in ticks.</summary>
    public double* Rates { get; }

    /// <summary>In ticks.</summary>
    public long* Refractory => _refractory.Pointer;

    public long Bytes => _numbers.Bytes + _refractory.Bytes;

    /// <summary>The threshold less what sums may lose by rounding.</summary>
    public static double LevelOf(PopulationModel model, double threshold, double reset, double drive)
    {
        if (double.IsPositiveInfinity(threshold))
        {
            return threshold;
        }

        var size = Math.Max(Math.Abs(threshold), double.IsFinite(reset) ? Math.Abs(reset) : 0);
        return threshold - (Tolerance * (model == PopulationModel.Lif ? Math.Max(size, Math.Abs(drive)) : size));
    }

    /// <summary>The values of one key for all neurons, those of parts included.</summary>
    public static void Draw(Population population, string key, Quantity quantity, double[] values, long seedNet)
    {
        var stream = RandomWords.StreamOf(seedNet, key, population.Name);
        var draw = new QuantityDraw(quantity);
        for (var i = 0; i < values.Length; i++)
        {
            var words = RandomWords.Of(stream, i);
            values[i] = draw.Next(i, ref words);
        }

        foreach (var part in population.Overrides.Where(part => part.Key == key))
        {
            draw = new QuantityDraw(part.Value);
            var neurons = Selections.NeuronsOf(part.Of, population.Size, seedNet);
            for (var place = 0; place < neurons.Length; place++)
            {
                var words = RandomWords.Of(stream, neurons[place]);
                values[neurons[place]] = draw.Next(place, ref words);
            }
        }
    }

    public void Dispose()
    {
        _numbers.Dispose();
        _refractory.Dispose();
    }
}

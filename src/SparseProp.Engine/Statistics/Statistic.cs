namespace SparseProp.Engine.Statistics;

/// <summary>A number that a measurement gives for each point, under its name in files, tables and exports.</summary>
/// <param name="Name">The name of its column.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="Kinds">What must be recorded for it.</param>
/// <param name="Measured">As it was measured, rounding included: for <see cref="Value"/>. Null where it was not measured or is not defined.</param>
public sealed record Statistic(string Name, string Unit, string Meaning, StatisticKinds Kinds, Func<SimulationResult, double?> Measured)
{
    /// <summary>All of them, in the order of their columns.</summary>
    public static IReadOnlyList<Statistic> All { get; } =
    [
        new("rate_hz", "Hz", "mean firing rate per neuron", StatisticKinds.Rate, r => r.RateHz) { Support = StatisticSupport.Spikes },
        new("cv_isi", "", "mean coefficient of variation of interspike intervals", StatisticKinds.Cv, r => r.CvIsi) { Support = StatisticSupport.Intervals },
        new("rate_first_half_hz", "Hz", "rate in the measurement's first half", StatisticKinds.Rate, r => r.Stationarity?.FirstHalfHz) { Support = StatisticSupport.Spikes },
        new("rate_second_half_hz", "Hz", "rate in its second half", StatisticKinds.Rate, r => r.Stationarity?.SecondHalfHz) { Support = StatisticSupport.Spikes },
        new("halves_deviation", "standard errors", "first half's rate less the second's; beyond 4 the burn-in was too short",
            StatisticKinds.Rate, r => r.Stationarity?.Deviation) { Support = StatisticSupport.Spikes },
        new("rate_sd_hz", "Hz", "standard deviation of the neurons' rates", StatisticKinds.Rates, r => r.Rates?.SdHz) { Support = StatisticSupport.Neurons },
        new("silent_fraction", "", "share of neurons without a spike", StatisticKinds.Rates, r => r.Rates?.SilentFraction) { Support = StatisticSupport.Neurons },
        new("rate_in_degree_correlation", "", "correlation of the neurons' rates with their in-degrees",
            StatisticKinds.Rates, r => r.Rates?.InDegreeCorrelation) { Support = StatisticSupport.InDegrees },
        new("rate_in_degree_slope_hz", "Hz per synapse", "slope of the neurons' rates over their in-degrees",
            StatisticKinds.Rates, r => r.Rates?.InDegreeSlopeHz) { Support = StatisticSupport.InDegrees },
        new("cv_isi_sd", "", "standard deviation of the neurons' CV", StatisticKinds.Irregularity, r => r.Irregularity?.CvSd) { Support = StatisticSupport.IntervalSpread },
        new("cv2", "", "mean CV2 of successive intervals", StatisticKinds.Irregularity, r => r.Irregularity?.Cv2) { Support = StatisticSupport.Intervals },
        new("cv2_sd", "", "standard deviation of the neurons' CV2", StatisticKinds.Irregularity, r => r.Irregularity?.Cv2Sd) { Support = StatisticSupport.IntervalSpread },
        new("lv", "", "mean local variation of successive intervals", StatisticKinds.Irregularity, r => r.Irregularity?.Lv) { Support = StatisticSupport.Intervals },
        new("lv_sd", "", "standard deviation of the neurons' LV", StatisticKinds.Irregularity, r => r.Irregularity?.LvSd) { Support = StatisticSupport.IntervalSpread },
        new("fano_1s", "", "mean Fano factor of counts in 1 s", StatisticKinds.Irregularity, r => r.Irregularity?.Fano) { Support = StatisticSupport.NeuronCounts },
        new("silent_fraction_1s", "", "share of neurons without a spike in 1 s",
            StatisticKinds.Irregularity, r => r.Irregularity?.SilentFraction1s) { Support = StatisticSupport.Windows(1) },
        new("population_fano_1ms", "", "population Fano factor in 1 ms", StatisticKinds.Population, r => r.Population?.Fano1ms) { Support = StatisticSupport.Windows(1e-3) },
        new("population_fano_10ms", "", "population Fano factor in 10 ms", StatisticKinds.Population, r => r.Population?.Fano10ms) { Support = StatisticSupport.Windows(1e-2) },
        new("population_fano_100ms", "", "population Fano factor in 100 ms", StatisticKinds.Population, r => r.Population?.Fano100ms) { Support = StatisticSupport.Windows(0.1) },
        new("population_fano_1s", "", "population Fano factor in 1 s", StatisticKinds.Population, r => r.Population?.Fano1s) { Support = StatisticSupport.Windows(1) },
        new("mean_correlation_1s", "", "mean covariance of all pairs' counts in 1 s over their mean variance",
            StatisticKinds.Population, r => r.Population?.MeanCorrelation1s) { Support = StatisticSupport.Pairs },
        new("chi_count_1s", "", "Golomb's chi of counts in 1 s", StatisticKinds.Population, r => r.Population?.CountChi1s) { Support = StatisticSupport.Pairs },
        new("chi", "", "Golomb's chi of membrane potentials", StatisticKinds.Chi, r => r.Chi) { Support = StatisticSupport.Samples },
        Stability("lyapunov_per_s", "1/s", "largest Lyapunov exponent apart from that of a shift in time", r => r.Stability?.Largest),
        Stability("lyapunov_sem_per_s", "1/s", "its standard error", r => r.Stability?.StandardError),
        Stability("lyapunov_mean_per_s", "1/s", "mean of all exponents", r => r.Stability?.Mean),
        Stability("entropy_bits_per_spike", "bits", "entropy rate per spike", r => r.Stability?.EntropyBitsPerSpike),
        Stability("kaplan_yorke_dimension", "", "dimension of the attractor", r => r.Stability?.KaplanYorkeDimension),
        Training("loss", "", "loss on the validation set after training", r => r.Training?.Loss),
        Training("baseline_loss", "", "loss on the validation set without training", r => r.Training?.BaselineLoss),
        Training("accuracy", "", "share of the validation set classified rightly after training", r => r.Training?.Accuracy),
        Training("baseline_accuracy", "", "share of the validation set classified rightly without training", r => r.Training?.BaselineAccuracy),
        Training("weight_error", "", "distance of the weights from the teacher's after training, over that before", r => r.Training?.WeightError),
    ];

    /// <summary>Whether it needs <see cref="SimulationParameters.LyapunovExponents"/>.</summary>
    public bool NeedsExponents { get; private init; }

    /// <summary>Whether it needs <see cref="SimulationParameters.Training"/>.</summary>
    public bool NeedsTraining { get; private init; }

    /// <summary>What it must stand on.</summary>
    public StatisticSupport Support { get; internal init; } = StatisticSupport.None;

    /// <summary>The population of a network of one's own that it is of; null where it is of all neurons.</summary>
    public string? Population { get; internal init; }

    // What is smaller by this factor than the size of such values comes from arithmetic.
    private const double Rounding = 1e-12;

    /// <summary>
    /// Whether a result has it, but on too few spikes, neurons or windows. Training has its own measure, and that a network without any drive is
    /// silent is known for sure.
    /// </summary>
    public bool IsOnTooLittle(SimulationParameters p, SimulationResult r) =>
        p is { Training: null, IsSilent: false } && Measured(r) is not null && !Support.IsEnough(p, r);

    /// <summary>
    /// It, and 0 where it is nothing but rounding, such as a CV of 10⁻¹⁵: what is shown, exported and judged. Null where it was not measured or
    /// is not defined.
    /// </summary>
    public double? Value(SimulationParameters p, SimulationResult r) =>
        Measured(r) is not { } value ? null : Math.Abs(value) < Rounding * ScaleOf(p, r) ? 0 : value;

    // The size that its values have, in its unit. A loss may be as small as it likes.
    private double ScaleOf(SimulationParameters p, SimulationResult r) => Unit switch
    {
        "" when Name is "loss" or "baseline_loss" => 0,
        "Hz" or "Hz per synapse" => double.IsFinite(r.RateHz) ? r.RateHz : 0,
        "1/s" => 1 / p.Tau,
        _ => 1,
    };

    /// <summary>Short names that some of them go by, too.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["rate"] = "rate_hz",
        ["cv"] = "cv_isi",
        ["fano"] = "fano_1s",
        ["lyapunov"] = "lyapunov_per_s",
    };

    /// <summary>The statistic of this name or alias, or of a population whatever its name is: <c>E.rate_hz</c>, <c>E.cv</c>.</summary>
    public static Statistic? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var split = name.LastIndexOf('.');
        var own = name[(split + 1)..];
        var full = Aliases.GetValueOrDefault(own, own);
        return split > 0
            ? PopulationStatistic.All.FirstOrDefault(statistic => statistic.Name == full)?.Of(name[..split])
            : All.FirstOrDefault(statistic => statistic.Name == full);
    }

    /// <summary>Whether a simulation of these parameters measures it.</summary>
    public bool IsMeasuredBy(StatisticKinds kinds, int exponents, bool isTrained = false)
    {
        var measured = kinds.HasFlag(StatisticKinds.Irregularity) ? kinds | StatisticKinds.Cv : kinds;
        return measured.HasFlag(Kinds) && (!NeedsExponents || exponents > 0) && (!NeedsTraining || isTrained);
    }

    private static Statistic Training(string name, string unit, string meaning, Func<SimulationResult, double?> value) =>
        new(name, unit, meaning, StatisticKinds.Rate, value) { NeedsTraining = true };

    private static Statistic Stability(string name, string unit, string meaning, Func<SimulationResult, double?> value) =>
        new(name, unit, meaning, StatisticKinds.Rate, value) { NeedsExponents = true };
}

namespace SparseProp.Engine;

/// <summary>A number that a measurement gives for each point, under its name in files, tables and exports.</summary>
/// <param name="Name">The name of its column.</param>
/// <param name="Unit">Its unit; empty where it has none.</param>
/// <param name="Meaning">What it is, in a few words.</param>
/// <param name="Kinds">What must be recorded for it.</param>
/// <param name="Value">It; null where it was not measured or is not defined.</param>
public sealed record Statistic(string Name, string Unit, string Meaning, StatisticKinds Kinds, Func<SimulationResult, double?> Value)
{
    /// <summary>All of them, in the order of their columns.</summary>
    public static IReadOnlyList<Statistic> All { get; } =
    [
        new("rate_hz", "Hz", "mean firing rate per neuron", StatisticKinds.Rate, r => r.RateHz),
        new("cv_isi", "", "mean coefficient of variation of interspike intervals", StatisticKinds.Cv, r => r.CvIsi),
        new("rate_first_half_hz", "Hz", "rate in the measurement's first half", StatisticKinds.Rate, r => r.Stationarity?.FirstHalfHz),
        new("rate_second_half_hz", "Hz", "rate in its second half", StatisticKinds.Rate, r => r.Stationarity?.SecondHalfHz),
        new("halves_deviation", "standard errors", "first half's rate less the second's; beyond 4 the burn-in was too short",
            StatisticKinds.Rate, r => r.Stationarity?.Deviation),
        new("rate_sd_hz", "Hz", "standard deviation of the neurons' rates", StatisticKinds.Rates, r => r.Rates?.SdHz),
        new("silent_fraction", "", "share of neurons without a spike", StatisticKinds.Rates, r => r.Rates?.SilentFraction),
        new("rate_in_degree_correlation", "", "correlation of the neurons' rates with their in-degrees",
            StatisticKinds.Rates, r => r.Rates?.InDegreeCorrelation),
        new("rate_in_degree_slope_hz", "Hz per synapse", "slope of the neurons' rates over their in-degrees",
            StatisticKinds.Rates, r => r.Rates?.InDegreeSlopeHz),
        new("cv_isi_sd", "", "standard deviation of the neurons' CV", StatisticKinds.Irregularity, r => r.Irregularity?.CvSd),
        new("cv2", "", "mean CV2 of successive intervals", StatisticKinds.Irregularity, r => r.Irregularity?.Cv2),
        new("cv2_sd", "", "standard deviation of the neurons' CV2", StatisticKinds.Irregularity, r => r.Irregularity?.Cv2Sd),
        new("lv", "", "mean local variation of successive intervals", StatisticKinds.Irregularity, r => r.Irregularity?.Lv),
        new("lv_sd", "", "standard deviation of the neurons' LV", StatisticKinds.Irregularity, r => r.Irregularity?.LvSd),
        new("fano_1s", "", "mean Fano factor of counts in 1 s", StatisticKinds.Irregularity, r => r.Irregularity?.Fano),
        new("silent_fraction_1s", "", "share of neurons without a spike in 1 s",
            StatisticKinds.Irregularity, r => r.Irregularity?.SilentFraction1s),
        new("population_fano_1ms", "", "population Fano factor in 1 ms", StatisticKinds.Population, r => r.Population?.Fano1ms),
        new("population_fano_10ms", "", "population Fano factor in 10 ms", StatisticKinds.Population, r => r.Population?.Fano10ms),
        new("population_fano_100ms", "", "population Fano factor in 100 ms", StatisticKinds.Population, r => r.Population?.Fano100ms),
        new("population_fano_1s", "", "population Fano factor in 1 s", StatisticKinds.Population, r => r.Population?.Fano1s),
        new("mean_correlation_1s", "", "mean covariance of all pairs' counts in 1 s over their mean variance",
            StatisticKinds.Population, r => r.Population?.MeanCorrelation1s),
        new("chi_count_1s", "", "Golomb's chi of counts in 1 s", StatisticKinds.Population, r => r.Population?.CountChi1s),
        new("chi", "", "Golomb's chi of membrane potentials", StatisticKinds.Chi, r => r.Chi),
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

    /// <summary>Short names that some of them go by, too.</summary>
    public static IReadOnlyDictionary<string, string> Aliases { get; } = new Dictionary<string, string>
    {
        ["rate"] = "rate_hz",
        ["cv"] = "cv_isi",
        ["fano"] = "fano_1s",
        ["lyapunov"] = "lyapunov_per_s",
    };

    /// <summary>The statistic of this name or alias.</summary>
    public static Statistic? Find(string name)
    {
        var full = Aliases.GetValueOrDefault(name, name);
        return All.FirstOrDefault(statistic => statistic.Name == full);
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

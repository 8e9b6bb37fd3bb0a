using SparseProp.Engine.Networks.Description;
using SparseProp.Engine.Populations.Inputs;

namespace SparseProp.Engine.Populations;

/// <content>Neurons and sources.</content>
public static partial class NetworkRules
{
    private static readonly string[] Overridable = ["threshold", "reset", "rest", "drive", "refractory", "tau"];

    private static void CheckPopulation(Population population, List<ParameterError> errors)
    {
        var path = $"populations.{population.Name}";
        if (population.Size < 1)
        {
            errors.Add(new($"{path}.n", $"n = {population.Size} is no number of neurons; it must be at least 1"));
            return;
        }

        switch (population.Model)
        {
            case PopulationModel.Poisson:
                CheckRate($"{path}.rate", population.Rate, population.Size, errors);
                break;
            case PopulationModel.Spikes:
                CheckSpikes($"{path}.file", population.Spikes, population.Size, errors);
                break;
            case PopulationModel.Lif or PopulationModel.Qif or PopulationModel.Eif:
                CheckNeurons(path, population, errors);
                break;
            case PopulationModel.Formula:
                errors.Add(new($"{path}.model", "neurons of a formula are not simulated yet; use lif, qif or eif"));
                break;
            default:
                errors.Add(new($"{path}.model", $"{(int)population.Model} is no model"));
                break;
        }
    }

    private static void CheckNeurons(string path, Population population, List<ParameterError> errors)
    {
        var known = errors.Count;
        foreach (var part in population.Overrides)
        {
            var at = $"{path}.overrides.{part.Key}";
            if (!Overridable.Contains(part.Key))
            {
                errors.Add(new(at, $"'{part.Key}' cannot be overridden for a part of a population; there are {string.Join(", ", Overridable)}"));
            }
            else if (part.Of.Population != population.Name)
            {
                errors.Add(new(at, $"'{part.Of.Population}' is no part of '{population.Name}'"));
            }
            else
            {
                CheckPart(at, part.Of, population, errors);
            }
        }

        if (errors.Count > known)
        {
            return;
        }

        Check("tau", population.Tau, "must be above 0, and at most 8000 s", range => range.Least > 0 && range.Most <= Ticks.LongestSeconds);
        Check("refractory", population.Refractory, "must be 0 or above, and below 8000 s", range => range.Least >= 0 && range.Most < Ticks.LongestSeconds);
        Check("rest", population.Rest, "must be finite", IsFinite);
        Check("drive", population.Drive, "must be finite", IsFinite);
        var isLeaky = population.Model == PopulationModel.Lif;
        Check(
            "threshold", population.Threshold, isLeaky ? "must be finite: leaky neurons spike nowhere else" : "must not be -∞",
            range => (isLeaky || double.IsFinite(population.Threshold.First) || double.IsPositiveInfinity(population.Threshold.First)) && (!isLeaky || IsFinite(range)));
        var mayBeInfinite = population.Model == PopulationModel.Qif;
        Check(
            "reset", population.Reset, "must be finite",
            range => IsFinite(range) || (mayBeInfinite && double.IsNegativeInfinity(range.Most)));
        if (population.Model == PopulationModel.Eif)
        {
            if (!(population.DeltaV > 0 && double.IsFinite(population.DeltaV)))
            {
                errors.Add(new($"{path}.delta_v", Text($"delta_v = {population.DeltaV} is no sharpness; it must be above 0")));
            }

            if (!double.IsFinite(population.Onset))
            {
                errors.Add(new($"{path}.onset", "onset must be finite"));
            }
        }

        if (errors.Count == known)
        {
            CheckOrder(path, population, errors);
        }

        void Check(string key, Quantity quantity, string must, Func<QuantityRange, bool> isGood)
        {
            CheckQuantity($"{path}.{key}", key, quantity, population.Size, must, isGood, errors);
            foreach (var part in population.Overrides.Where(part => part.Key == key))
            {
                CheckQuantity($"{path}.overrides.{key}", key, part.Value, CountOf(part.Of, population), must, isGood, errors);
            }
        }
    }

    // A distribution with tails is as good as finite; that of a threshold needs bounds where the reset is near.
    private static bool IsFinite(QuantityRange range) => !double.IsPositiveInfinity(range.Least) && !double.IsNegativeInfinity(range.Most)
        && (range.Least < range.Most || double.IsFinite(range.Least));

    private static void CheckQuantity(
        string path, string key, Quantity quantity, long count, string must, Func<QuantityRange, bool> isGood, List<ParameterError> errors)
    {
        if (QuantityRange.FaultOf(quantity, count) is { } fault)
        {
            errors.Add(new(path, $"{key} {fault}"));
        }
        else if (!isGood(QuantityRange.Of(quantity)))
        {
            errors.Add(new(path, quantity.IsConstant
                ? Text($"{key} = {quantity.First}: it {must}")
                : $"{key} can be drawn where it must not be: it {must}; give it a min or max"));
        }
    }

    /// <summary>Each part's threshold is above its reset.</summary>
    private static void CheckOrder(string path, Population population, List<ParameterError> errors)
    {
        var thresholds = Values("threshold", population.Threshold);
        var resets = Values("reset", population.Reset);
        foreach (var (of, threshold) in thresholds)
        {
            // Where a part has both of its own, these belong together.
            var own = resets.Where(reset => of is not null && Equals(reset.Of, of)).ToList();
            foreach (var (_, reset) in own.Count > 0 ? own : resets)
            {
                var (low, high) = (QuantityRange.Of(threshold).Least, QuantityRange.Of(reset).Most);
                if (!(low > high) && !(of is null && thresholds.Any(other => other.Of is not null && resets.Any(r => Equals(r.Of, other.Of) && ReferenceEquals(r.Value, reset)))))
                {
                    var isSure = threshold.IsConstant && reset.IsConstant;
                    errors.Add(new($"{path}.threshold", isSure
                        ? Text($"threshold = {threshold.First} is not above reset = {reset.First}, so that a neuron would never stop spiking; raise it")
                        : "a threshold can be drawn that is not above the reset; give threshold a min or reset a max"));
                    return;
                }
            }
        }

        List<(Selection? Of, Quantity Value)> Values(string key, Quantity of) =>
            [(null, of), .. population.Overrides.Where(part => part.Key == key).Select(part => ((Selection?)part.Of, part.Value))];
    }

    /// <param name="path">What is checked.</param>
    /// <param name="course">Its rate.</param>
    /// <param name="processes">How many processes of that rate are drawn together.</param>
    /// <param name="errors">Where faults go.</param>
    private static void CheckRate(string path, TimeCourse course, double processes, List<ParameterError> errors)
    {
        if (!CheckCourse(path, course, errors))
        {
            return;
        }

        var rate = new RateCourse(course);
        if (rate.Least < 0)
        {
            errors.Add(new(path, Text($"a rate of {rate.Least} Hz is negative; rates are 0 or above at all times")));
        }
        else if (rate.Most * processes is > MostEventsPerSecond and var most)
        {
            errors.Add(new(path, Text($"{most} events per second are more than time can tell apart; lower the rate")));
        }
    }

    private static bool CheckCourse(string path, TimeCourse course, List<ParameterError> errors)
    {
        var known = errors.Count;
        if (course.Sine is { } sine)
        {
            if (!double.IsFinite(sine.Mean) || !double.IsFinite(sine.Amplitude) || !double.IsFinite(sine.Phase) || !(Math.Abs(sine.Frequency) <= 1e6))
            {
                errors.Add(new(path, "mean, amplitude and phase of a sine must be finite, and its frequency at most 1 MHz"));
            }
        }
        else if (course.Times.Count == 0 || course.Times.Count != course.Values.Count || course.Times[0] < 0
            || !course.Times.Zip(course.Times.Skip(1)).All(pair => pair.First < pair.Second) || !(course.Times[^1] <= Ticks.LongestSeconds))
        {
            errors.Add(new(path, "steps are a time and a value each; times ascend from 0 s and end before 8000 s"));
        }
        else if (!course.Values.All(double.IsFinite))
        {
            errors.Add(new(path, "the value of a step must be finite"));
        }

        return errors.Count == known;
    }

    private static void CheckSpikes(string path, SpikeList? spikes, int size, List<ParameterError> errors)
    {
        if (spikes is null || spikes.Neurons.Count != spikes.Seconds.Count)
        {
            errors.Add(new(path, "given spikes are as many neurons as times"));
        }
        else if (spikes.Neurons.Any(neuron => neuron < 0 || neuron >= size))
        {
            errors.Add(new(path, $"given spikes name neurons that are not among the {size}, counted from 0"));
        }
        else if (spikes.Seconds.Any(time => !(time is >= 0 and <= Ticks.LongestSeconds)))
        {
            errors.Add(new(path, "given spikes have times from 0 s to 8000 s"));
        }
    }
}
